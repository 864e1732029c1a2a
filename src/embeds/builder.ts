/** The page where others get the code of an embed: what can be chosen, and the code of the newest stories. */
import { builderText } from "../i18n/builder.ts";
import { embedText } from "../i18n/embeds.ts";
import { kinds } from "../schema/kinds.ts";
import { canonical } from "../stories/address.ts";
import { library } from "../stories/collections.ts";
import { chromeOf, type Chrome } from "../stories/views.ts";
import {
  ELEMENT_SCRIPT,
  EMBEDS,
  NEWEST,
  RESIZE_SCRIPT,
  USUAL_COUNT,
  listEmbed,
} from "./address.ts";
import { frameHeight } from "./height.ts";
import {
  DRESSES,
  FRAME_WIDTHS,
  withRoom,
  type Choice,
  type Dress,
} from "./snippets.ts";
import { embeddableLists, listEmbeds, type EmbeddableList } from "./views.ts";

/** Lists to choose from, under the name of what they are. */
export interface ListGroup {
  title?: string;
  options: { list: string; text: string }[];
}

export interface BuilderView {
  path: string;
  groups: ListGroup[];
  /** What is chosen at first: the newest stories. */
  choice: Choice;
  /** Its embed, without the site's base. */
  embed: string;
  /** By day and by night: the site's own colours, if it has any. */
  dresses: Record<"light" | "dark", Dress>;
}

/** The builder. */
export async function builderPage(): Promise<{
  view: BuilderView;
  chrome: Chrome;
}> {
  const shelf = await library();
  const chrome = chromeOf(shelf);
  const lists = embeddableLists(shelf);
  const newest = lists[0]!;
  const embed = listEmbed(NEWEST);
  const list = listEmbeds(newest, shelf).get(USUAL_COUNT)!;
  const height = (width: number) => withRoom(frameHeight(list, width));
  const dresses = shelf.site.theme ?? DRESSES;
  const home = { name: shelf.site.name, href: canonical("/") };
  return {
    view: {
      path: EMBEDS,
      groups: groupsOf(lists),
      embed,
      dresses,
      choice: {
        view: canonical(embed),
        page: canonical(newest.path),
        title: embedText.frame(newest.title, shelf.site.name),
        height: {
          wide: height(FRAME_WIDTHS.column),
          phone: height(FRAME_WIDTHS.phone),
        },
        card: {
          href: canonical(newest.path),
          title: newest.title,
          picture: { src: chrome.share.href, alt: chrome.share.alt },
          stories: list.cards.map(({ address, title, date, place }) => ({
            href: canonical(address),
            title,
            note: [date.text, place].filter(Boolean).join(" · "),
          })),
          source: home,
        },
        dress: dresses.light,
        attributes: { src: canonical(newest.path) },
        resizeScript: canonical(RESIZE_SCRIPT),
        elementScript: canonical(ELEMENT_SCRIPT),
      },
    },
    chrome,
  };
}

/** Lists under the name of their kind, the newest stories by themselves. */
function groupsOf(lists: readonly EmbeddableList[]): ListGroup[] {
  const names = new Map<string, string>(
    Object.values(kinds).flatMap((kind) =>
      "address" in kind ? [[kind.address, kind.listLabel]] : [],
    ),
  );
  const groupOf = ({ list }: EmbeddableList): string => {
    const [first = "", second] = list.slice(1).split("/");
    return list === NEWEST
      ? ""
      : second
        ? (names.get(first) ?? "")
        : builderText.kinds;
  };
  return [...Map.groupBy(lists, groupOf)].map(([title, members]) => ({
    ...(title ? { title } : {}),
    options: members.map(({ list, title: text }) => ({ list, text })),
  }));
}
