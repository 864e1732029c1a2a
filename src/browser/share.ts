/** Passing a story on, where scripts run: its link copied, the telephone's own ways, its QR code drawn. */
import { shareText } from "../i18n/share.ts";
import { button, element } from "./element.ts";

/**
 * Adds to the links that a page offers.
 *
 * @param place the part of the page, its links in a paragraph, the one to the QR code leading to `#ma-qr`
 */
export function offerSharing(place: HTMLElement): void {
  const address = document.querySelector<HTMLLinkElement>(
    "link[rel=canonical]",
  )!.href;
  const said = element("p", { role: "status", class: "meta" });
  const copy = button(shareText.copy, () => void copyLink(address, said));
  const ways = [copy];
  if ("share" in navigator)
    ways.push(
      button(shareText.share, () => {
        // Who changes their mind has not failed.
        navigator
          .share({
            title: document.querySelector("h1")!.innerText,
            url: address,
          })
          .catch(() => {});
      }),
    );
  place.querySelector("p")!.prepend(...ways.flatMap((way) => [way, " "]));
  place.append(said);
  offerCode(place, address, said);
}

async function copyLink(address: string, said: HTMLElement): Promise<void> {
  // A page that came without encryption has no clipboard.
  const copied = await navigator.clipboard?.writeText(address).then(
    () => true,
    () => false,
  );
  said.textContent = copied ? shareText.copied : shareText.notCopied(address);
}

/** Where the link led to the code on another page, a button shows it here. */
function offerCode(
  place: HTMLElement,
  address: string,
  said: HTMLElement,
): void {
  const shown = element("p", { id: "ma-qr", hidden: true });
  const toggle = button(
    shareText.qr,
    async () => {
      if (!shown.hasChildNodes()) {
        const made = await import("../press/qr.ts").catch(() => undefined);
        said.textContent = made ? "" : shareText.failed;
        if (!made) return;
        shown.innerHTML = made.qrSvg(address, shareText.qrOf(address));
        shown.firstElementChild!.setAttribute("width", "208");
      }
      shown.hidden = !shown.hidden;
      toggle.setAttribute("aria-expanded", String(!shown.hidden));
    },
    { "aria-expanded": "false", "aria-controls": shown.id },
  );
  const link = place.querySelector("a[href$='#ma-qr']")!;
  const isFocused = document.activeElement === link;
  link.replaceWith(toggle);
  // On a slow network a reader may have come there by keyboard in the meantime.
  if (isFocused) toggle.focus();
  place.append(shown);
}
