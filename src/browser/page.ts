/**
 * What every page's own script does: it waits. What the search box can do besides being a form is fetched when
 * the box is touched; what shows a reader the words that led here, when the address has some; what passes a story
 * on, when its end is near.
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

// What passes a story on by script is fetched by who has nearly read it.
const sharing = document.querySelector<HTMLElement>("#chia-se");
if (sharing) {
  const near = new IntersectionObserver(
    (seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      import("./share.ts").then(
        ({ offerSharing }) => offerSharing(sharing),
        () => {},
      );
    },
    { rootMargin: "600px" },
  );
  near.observe(sharing);
}
