/** The embed builder: what is chosen, shown as it will be, and its code. */
import {
  COUNTS,
  ELEMENT_SCRIPT,
  FORMS,
  NEWEST,
  RESIZE_SCRIPT,
  THEMES,
  USUAL_COUNT,
  listEmbed,
  searchEmbed,
  storyEmbed,
  type Count,
  type Form,
  type Theme,
} from "../embeds/address.ts";
import {
  FRAME_WIDTHS,
  codesFor,
  withRoom,
  type Card,
  type CardLink,
  type CodeName,
  type Dress,
  type Height,
} from "../embeds/snippets.ts";
import { builderText as words } from "../i18n/builder.ts";
import { embedText } from "../i18n/embeds.ts";
import { canonical, href } from "../stories/address.ts";
import { ENOUGH, contrast } from "../styles/contrast.ts";

const one = <Found extends HTMLElement>(selector: string): Found =>
  document.querySelector<Found>(selector)!;
const form = one<HTMLFormElement>("#chon-nhung");
const preview = one<HTMLIFrameElement>(".preview iframe");
const boxes = document.querySelectorAll<HTMLTextAreaElement>("[data-code]");
const looks = document.querySelectorAll<HTMLElement>("[data-look]");
const control = <Found extends HTMLElement = HTMLInputElement>(
  name: string,
): Found => form.elements.namedItem(name) as unknown as Found;

/** What can be chosen, by the names that the form and the page's address have for it: what is usual. */
const USUAL: Record<string, string> = {
  gi: "muc",
  muc: NEWEST,
  bai: "",
  dang: "card",
  so: String(USUAL_COUNT),
  nen: "auto",
  cho: "column",
  anh: "",
  mau: "",
  he: control<HTMLInputElement>("he").value,
};
type Chosen = typeof USUAL;

function chosen(): Chosen {
  const data = new FormData(form);
  const value = (name: string): string => String(data.get(name) ?? "");
  return {
    ...Object.fromEntries(
      Object.keys(USUAL).map((name) => [name, value(name)]),
    ),
    anh: picturesOf(value("gi"), data.has("anh")),
    mau: data.has("rieng") ? value("mau").slice(1) : "",
  };
}

/** Lists hold their pictures back unless they are asked for, stories show them: what the embed's address has to say. */
const picturesOf = (gi: string, wanted: boolean): string =>
  gi === "bai" ? (wanted ? "" : "khong") : wanted ? "co" : "";
const wantsPictures = ({ gi, anh }: Chosen): boolean =>
  gi === "bai" ? anh !== "khong" : anh === "co";

/** Fills the form from the page's address. A story's or a list's address there says what is to be shown. */
function fill(): void {
  const asked = new URLSearchParams(location.search);
  const values: Chosen = { ...USUAL, ...Object.fromEntries(asked) };
  if (!asked.has("gi") && asked.has("bai")) values.gi = "bai";
  for (const name of Object.keys(USUAL)) {
    const value = values[name]!;
    if (name === "anh") control("anh").checked = wantsPictures(values);
    else if (name === "mau") fillAccent(value);
    else setValue(name, value);
  }
}

function fillAccent(value: string): void {
  const isColour = /^[0-9a-f]{6}$/i.test(value);
  control("rieng").checked = isColour;
  if (isColour) control("mau").value = `#${value}`;
}

/** Sets a control to a value, or to the usual one when it has no such value. */
function setValue(name: string, value: string): void {
  const field = control<HTMLSelectElement>(name);
  field.value = value;
  if (field.value !== value) field.value = USUAL[name]!;
}

/** Keeps what is chosen in the page's address, for who comes back or sends it on. */
function remember(choice: Chosen): void {
  const query = new URLSearchParams(
    Object.entries(choice).filter(
      ([name, value]) => value && value !== USUAL[name] && isUsed(name, choice),
    ),
  );
  const { pathname, hash } = location;
  history.replaceState(
    null,
    "",
    pathname + (query.size > 0 ? `?${query}` : "") + hash,
  );
}

const isUsed = (name: string, { gi }: Chosen): boolean =>
  name === "bai" || name === "dang"
    ? gi === "bai"
    : name === "muc" || name === "so"
      ? gi === "muc"
      : true;

/** A page of this site by whatever somebody typed or copied: `/mo-hinh/ten/`. */
function storyOf(typed: string): string | undefined {
  const base = href("/");
  try {
    const { pathname } = new URL(typed.trim(), location.origin);
    const path = pathname.startsWith(base)
      ? `/${pathname.slice(base.length)}`
      : pathname;
    return /^\/[a-z-]+\/[a-z0-9-]+\/?$/.exec(path)?.[0].replace(/\/?$/, "/");
  } catch {
    return undefined;
  }
}

/** Where the embed is, without the site's base; nothing while there is no story. */
function embedOf({ gi, muc, bai, dang, so, nen }: Chosen): string | undefined {
  const theme = nen as Theme;
  if (gi === "tim-kiem") return searchEmbed(theme);
  if (gi === "muc") {
    const count = COUNTS.find((each) => String(each) === so);
    return listEmbed(muc!, count as Count, theme);
  }
  const story = storyOf(bai!);
  return story && storyEmbed(story, dang as Form, theme);
}

/** A card's colours cannot go by what a reader's machine says: by day, unless the night is asked for. */
const dressFor = ({ nen }: Chosen): Dress =>
  (JSON.parse(form.dataset.dresses!) as Record<string, Dress>)[
    nen === "dark" ? "dark" : "light"
  ]!;

/** Whether words in the chosen colour could not be read: embeds then keep their own (embed-guest.ts). */
const isPale = (choice: Chosen): boolean =>
  choice.mau !== "" &&
  contrast(`#${choice.mau}`, dressFor(choice).paper) < ENOUGH;

/** What the address says to the embed's script. */
function queryOf({ anh, mau }: Chosen): string {
  const query = new URLSearchParams({
    ...(anh ? { anh } : {}),
    ...(mau ? { mau } : {}),
  });
  return query.size > 0 ? `?${query}` : "";
}

/** The same for the custom element; what is usual is not said. */
const attributesFor = (choice: Chosen): Record<string, string> => {
  const { gi, so, dang, nen, anh, mau } = choice;
  return Object.fromEntries(
    [
      ["so", gi === "muc" && so !== USUAL.so ? so : ""],
      ["kieu", gi === "bai" ? FORMS[dang as Form] : ""],
      ["giao-dien", THEMES[nen as Theme]],
      ["hinh", anh],
      ["mau", mau],
    ].filter(([, value]) => value),
  ) as Record<string, string>;
};

async function pageAt(address: string): Promise<Document> {
  const answer = await fetch(href(address));
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

const textIn = (place: ParentNode, selector: string): string =>
  place.querySelector(selector)?.textContent?.trim() ?? "";
const linkIn = (place: ParentNode, selector: string): string =>
  new URL(
    place.querySelector(selector)?.getAttribute("href") ?? "",
    canonical("/"),
  ).href;

/** Date and place, without the link that stands beside them. */
const noteIn = (place: ParentNode): string =>
  [...(place.querySelector(".meta")?.childNodes ?? [])]
    .filter(({ nodeName }) => nodeName !== "A")
    .map(({ textContent }) => textContent)
    .join("")
    .replace(/[\s·]+$/, "");

/** What a card says, read from the embed itself: both show the same. */
function cardIn(embed: Document, choice: Chosen): Card {
  const { site = "", share = "", shareAlt = "" } = form.dataset;
  const stories: CardLink[] = [...embed.querySelectorAll(".items > li")].map(
    (item) => ({
      href: linkIn(item, "h2 a"),
      title: textIn(item, "h2"),
      note: noteIn(item),
    }),
  );
  const head = embed.querySelector("main")!;
  return {
    href:
      choice.gi === "tim-kiem" ? canonical("/tim-kiem/") : linkIn(head, "h1 a"),
    title: textIn(head, "h1") || textIn(head, "label"),
    ...(choice.gi === "bai"
      ? { note: noteIn(head), summary: textIn(head, ".summary") }
      : {}),
    picture: wantsPictures(choice) ? { src: share, alt: shareAlt } : undefined,
    stories,
    source: { name: site, href: canonical("/") },
  };
}

/** A story's own share picture, as its page names it. */
async function pictureOf(story: string): Promise<Card["picture"]> {
  const page = await pageAt(story);
  const named = (property: string): string =>
    page.querySelector<HTMLMetaElement>(`meta[property="og:${property}"]`)
      ?.content ?? "";
  return { src: named("image"), alt: named("image:alt") };
}

/** A text may be long: it is scrolled in a frame of this height. */
const HIGHEST = 900;

/** How high an embed is at a width, from a look at it that nobody sees. */
async function heightAt(address: string, width: number): Promise<number> {
  const frame = document.createElement("iframe");
  Object.assign(frame.style, {
    position: "absolute",
    visibility: "hidden",
    width: `${width}px`,
    height: "1px",
  });
  frame.ariaHidden = "true";
  frame.tabIndex = -1;
  frame.src = address;
  const loaded = new Promise((resolve) => {
    frame.addEventListener("load", resolve, { once: true });
  });
  document.body.append(frame);
  await loaded;
  await frame.contentDocument!.fonts.ready;
  const height = frame.contentDocument!.body.getBoundingClientRect().height;
  frame.remove();
  return Math.ceil(height);
}

async function heightOf(embed: string, choice: Chosen): Promise<Height> {
  const address = href(embed) + queryOf(choice);
  const [wide, phone] = await Promise.all(
    [
      FRAME_WIDTHS[choice.cho === "side" ? "side" : "column"],
      FRAME_WIDTHS.phone,
    ].map(async (width) => {
      const height = await heightAt(address, width);
      return choice.gi === "muc" ? withRoom(height) : Math.min(HIGHEST, height);
    }),
  );
  return { wide: wide!, phone: phone! };
}

/** Counts choices: what belongs to an earlier one is not shown. */
let latest = 0;
const failed = one("#loi-bai");

/** Shows what is chosen, and its code. */
async function show(): Promise<void> {
  const run = ++latest;
  const choice = chosen();
  remember(choice);
  arrange(choice);
  const embed = embedOf(choice);
  const address = embed && href(embed) + queryOf(choice);
  one("#chua-co").hidden = Boolean(address);
  preview.hidden = !address;
  const isWrong = choice.gi === "bai" && Boolean(choice.bai) && !embed;
  say(isWrong ? words.noStory : "");
  if (!embed || !address) return;
  try {
    const made = await codesOf(embed, choice);
    if (run !== latest) return;
    if (preview.dataset.shown !== address) {
      preview.dataset.shown = address;
      preview.src = address;
    }
    for (const box of boxes) box.value = made[box.dataset.code as CodeName];
    for (const place of looks)
      showCard(place, made[place.dataset.look as CodeName]);
  } catch (thrown) {
    console.warn(thrown);
    if (run !== latest) return;
    preview.hidden = true;
    one("#chua-co").hidden = false;
    say(words.noStory);
  }
}

/**
 * Shows a card as it stands in a page without any styles. This page's policy lets no style in HTML through, so that
 * each is set by itself.
 */
function showCard(place: HTMLElement, code: string): void {
  const shadow = place.shadowRoot ?? place.attachShadow({ mode: "open" });
  const { body } = new DOMParser().parseFromString(
    code.replaceAll(' style="', ' data-style="'),
    "text/html",
  );
  for (const element of body.querySelectorAll<HTMLElement>("[data-style]"))
    element.style.cssText = element.dataset.style!;
  shadow.replaceChildren(...body.childNodes);
}

function say(wrong: string): void {
  failed.textContent = wrong;
  control("bai").ariaInvalid = String(wrong !== "");
}

async function codesOf(embed: string, choice: Chosen) {
  const { site = "" } = form.dataset;
  const story = choice.gi === "bai" ? storyOf(choice.bai!) : undefined;
  const [shown, height, picture] = await Promise.all([
    // A card tells of a story in few words, whatever the frame shows of it.
    pageAt(story ? storyEmbed(story) : embed),
    heightOf(embed, choice),
    story && wantsPictures(choice) ? pictureOf(story) : undefined,
  ]);
  const card = cardIn(shown, choice);
  const dress = dressFor(choice);
  return codesFor({
    view: canonical(embed) + queryOf(choice),
    page: card.href,
    title: embedText.frame(card.title, site),
    height,
    card: { ...card, picture: picture ?? card.picture },
    dress:
      isPale(choice) || !choice.mau
        ? dress
        : { ...dress, accent: `#${choice.mau}` },
    attributes: {
      src: card.href,
      ...attributesFor(choice),
    },
    resizeScript: canonical(RESIZE_SCRIPT),
    elementScript: canonical(ELEMENT_SCRIPT),
  });
}

/** Shows the parts of the page that belong to what is chosen. */
function arrange(choice: Chosen): void {
  const { gi, he, cho, mau } = choice;
  for (const part of form.querySelectorAll<HTMLElement>("[data-for]"))
    part.hidden = part.dataset.for !== gi;
  for (const part of document.querySelectorAll<HTMLElement>(".system"))
    part.hidden = part.id !== he;
  preview.classList.toggle("narrow", cho === "side");
  control("mau").hidden = !mau;
  one("#loi-mau").textContent = isPale(choice) ? words.paleAccent : "";
}

/** The preview is as high as what it shows. */
preview.addEventListener("load", () => {
  const body = preview.contentDocument?.body;
  if (!body) return;
  new ResizeObserver(() => {
    preview.style.height = `${Math.ceil(body.getBoundingClientRect().height) + 2}px`;
  }).observe(body);
});

for (const button of document.querySelectorAll<HTMLElement>("[data-copy]"))
  button.addEventListener("click", () => void copy(button));

/** Copies a box, and says so. Whatever the browser forbids, the words are chosen by then. */
async function copy(button: HTMLElement): Promise<void> {
  const box = one<HTMLTextAreaElement>(`#${button.dataset.copy}`);
  const said = button.previousElementSibling!;
  said.textContent = "";
  box.select();
  try {
    await navigator.clipboard.writeText(box.value);
    said.textContent = words.copied;
  } catch {
    said.textContent = words.notCopied;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void show();
  one(`#${chosen().he}`).focus();
});
form.addEventListener("change", ({ target }) => {
  if ((target as HTMLInputElement).name === "gi")
    control("anh").checked = wantsPictures({ ...chosen(), anh: "" });
  void show();
});
// A link to a system's part chooses the system.
function follow(): void {
  const asked = location.hash.slice(1);
  if (asked) setValue("he", asked);
}
addEventListener("hashchange", () => {
  follow();
  void show();
});
addEventListener("popstate", () => {
  fill();
  void show();
});
fill();
follow();
void show();
