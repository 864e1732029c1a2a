/**
 * What every page's own script does: it waits. What the search box can do besides being a form is fetched when
 * the box is touched; what shows a reader the words that led here, when the address has some.
 */
import { FOUND_WORDS } from "./found.ts";

const box = document.querySelector<HTMLInputElement>("#tim");

function wake(): void {
  // Without it, the box is still a form.
  import("./suggestions.ts").then(
    ({ suggestIn }) => suggestIn(box!),
    () => {},
  );
}

// Somebody may have been quicker than this script.
if (box && document.activeElement === box) wake();
else box?.addEventListener("focus", wake, { once: true });

function land(): void {
  if (location.hash.startsWith(`#${FOUND_WORDS}=`))
    import("./landing.ts").then(
      ({ markFound }) => markFound(),
      () => {},
    );
}

land();
// What was found may lie on the very page it was looked for.
addEventListener("hashchange", land);
