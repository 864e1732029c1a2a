/**
 * Mends how Decap takes up what was typed and not saved. It asks about that as soon as an entry is opened,
 * and when the entry has come from the server puts it over what it has just brought back. So what it kept
 * is read when the entry is there.
 */

const FORM =
  "#nc-root [data-slate-editor], #nc-root [aria-label] > div > label";
const LOOK_MS = 100;
/** How often in a row the form must be found, and the desk be left in peace, before an entry counts as opened. */
const LOOKS = 4;

/**
 * Makes the browser's storage answer later where Decap asks for what it kept of an entry.
 *
 * @param isQuiet whether nothing is being asked of the desk
 */
export function readBackupsLate(isQuiet: () => boolean): void {
  // The way it was before; called with its own `this` below.
  const read = Reflect.get(IDBObjectStore.prototype, "get") as (
    this: IDBObjectStore,
    key: IDBValidKey | IDBKeyRange,
  ) => IDBRequest;
  IDBObjectStore.prototype.get = function (key) {
    const request = read.call(this, key);
    if (typeof key === "string" && key.startsWith("backup."))
      Object.defineProperty(request, "onsuccess", {
        set: (act: () => void) =>
          request.addEventListener("success", () => whenOpened(isQuiet, act)),
      });
    return request;
  };
}

function whenOpened(isQuiet: () => boolean, act: () => void): void {
  let found = 0;
  const timer = setInterval(() => {
    found = isQuiet() && document.querySelector(FORM) ? found + 1 : 0;
    if (found < LOOKS) return;
    clearInterval(timer);
    act();
  }, LOOK_MS);
}
