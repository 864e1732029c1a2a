/**
 * From one entry straight to another: by a link in our own dialogs, the browser's history, an address that is
 * typed. Decap 3.16 keeps the first entry's form under the second's address, and saving would write the one
 * over the other. So it is not told, and the CMS is opened anew there.
 */

/** By then the browser has asked whether to leave what is not saved, and gone if it may. */
const ASKED_MS = 500;

const entryOf = (address: string): string | undefined =>
  /#\/collections\/[^/]+\/entries\/[^?]+/.exec(address)?.[0];

/** Watches the address. Has to be called before Decap starts. */
export function openEntriesAnew(): void {
  addEventListener(
    "hashchange",
    (event) => {
      const before = entryOf(event.oldURL);
      const next = entryOf(event.newURL);
      if (!before || !next || before === next) return;
      event.stopImmediatePropagation();
      location.reload();
      setTimeout(() => history.replaceState(null, "", before), ASKED_MS);
    },
    { capture: true },
  );
}
