/**
 * What every embeddable view does more where scripts run: it tells the page around it how high it is, takes the
 * colour and the pictures that its address asks for, and leads on inside the frame where the frame may open no
 * window. It needs no origin of its own and keeps nothing.
 */
import { ASK } from "./embed-height.ts";
import { ENOUGH, contrast } from "../styles/contrast.ts";

const root = document.documentElement;
const content = document.querySelector("main")!;
const asked = new URLSearchParams(location.search);
/** WordPress tells its frames apart by it. */
const secret = /^#\?secret=(\w+)$/.exec(location.hash)?.[1];
/** pym.js does so by this. */
const pymId = /^[\w-]+$/.exec(asked.get("childId") ?? "")?.[0];

/** Nothing secret is told, so everybody may hear it. */
const tell = (message: unknown) => parent.postMessage(message, "*");

function tellHeight(): void {
  const height = Math.ceil(content.getBoundingClientRect().height);
  // Before it is laid out, and while it is hidden, it has no height, or no width: every word would have its own line.
  if (innerWidth < 1 || height < 1) return;
  tell({ source: "guong-sang", v: 1, type: "height", height });
  tell({ sentinel: "amp", type: "embed-size", height });
  if (pymId) tell(`pymxPYMx${pymId}xPYMxheightxPYMx${height}`);
  if (secret) tell({ message: "height", value: height, secret });
}

/** Paints links in the colour that the address asks for, where it can be read on the paper. */
function paint(): void {
  const name = "--color-accent";
  root.style.removeProperty(name);
  const [colour] = /^[0-9a-f]{6}$/i.exec(asked.get("mau") ?? "") ?? [];
  const paper = getComputedStyle(root).getPropertyValue("--color-paper").trim();
  if (
    colour &&
    !matchMedia("(prefers-contrast: more)").matches &&
    contrast(`#${colour}`, paper) >= ENOUGH
  )
    root.style.setProperty(name, `#${colour}`);
}

/** Shows the pictures that lists hold back, or hides those that cards show. */
function choosePictures(): void {
  const choice = asked.get("anh");
  if (choice === "co") {
    root.classList.add("with-pictures");
    for (const held of content.querySelectorAll("template"))
      held.replaceWith(held.content);
  }
  if (choice === "khong")
    for (const shown of content.querySelectorAll(".picture")) shown.remove();
}

/** What was chosen goes along, wherever the frame leads on. */
function keepChoices(): void {
  for (const link of content.querySelectorAll<HTMLAnchorElement>(".here")) {
    link.search = location.search;
    if (secret) link.hash = location.hash;
  }
}

/**
 * Opens a window.
 *
 * @returns whether this frame may
 */
function opens(address: string): boolean {
  const opened = window.open(address, "_blank");
  if (opened) opened.opener = null;
  return !!opened;
}

/** What is left where no window may be opened: the page around, the frame itself, the address in print. */
function leadOn(link: HTMLAnchorElement): void {
  const here = link
    .closest(".teaser")
    ?.querySelector<HTMLAnchorElement>(".here");
  // WordPress follows a link of our own; whether anybody listens is not to be known.
  if (secret && link.origin === location.origin)
    tell({ message: "link", value: link.href, secret });
  else if (!here) return printAddress(link.href, link);
  if (here) setTimeout(() => location.assign(here.href), secret ? 1000 : 0);
}

function printAddress(address: string, after: Element): void {
  const { nextElementSibling: next } = after;
  const shown = next?.classList.contains("address")
    ? next
    : document.createElement("span");
  shown.className = "address";
  shown.textContent = ` (${address})`;
  after.after(shown);
}

content.addEventListener("click", (event) => {
  const { target, button, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (button || metaKey || ctrlKey || shiftKey || altKey) return;
  const link = (target as Element).closest<HTMLAnchorElement>("a[href]");
  if (link && link.target !== "_self") {
    event.preventDefault();
    if (!opens(link.href)) leadOn(link);
    return;
  }
  const submit = (target as Element).closest<HTMLButtonElement>("button");
  if (!submit?.form) return;
  event.preventDefault();
  const { form } = submit;
  const words = new FormData(form) as unknown as Iterable<[string, string]>;
  const address = `${form.action}?${new URLSearchParams([...words])}`;
  if (!opens(address)) printAddress(address, form);
});

paint();
for (const query of [
  "(prefers-color-scheme: dark)",
  "(prefers-contrast: more)",
])
  matchMedia(query).addEventListener("change", paint);
choosePictures();
keepChoices();
new ResizeObserver(tellHeight).observe(content);
// A frame that is out of sight is not painted, and then nothing is observed: it is asked for its height.
tellHeight();
addEventListener("load", tellHeight);
document.fonts.addEventListener("loadingdone", tellHeight);
// Somebody may begin to listen later; WordPress then says so in its own words.
addEventListener("message", ({ source, data }) => {
  if (source !== parent) return;
  if (
    (data?.source === ASK.source && data.type === ASK.type) ||
    data?.message === "ready"
  )
    tellHeight();
});
