/**
 * The kinds of entry, each with its schema, its place in the content folder and its address on the site.
 * The one list that the loader, the checks, the routes and (later) the CMS and the API go by.
 */
import type { z } from "zod";
import { campaign } from "./campaign.ts";
import { decision } from "./decision.ts";
import { document } from "./document.ts";
import type { Public } from "./field.ts";
import { model } from "./model.ts";
import { news } from "./news.ts";
import { page } from "./page.ts";
import { roleModel } from "./role-model.ts";
import { site } from "./site.ts";
import {
  awardForm,
  commune,
  group,
  lifeField,
  movement,
  synonym,
  unit,
} from "./taxonomy.ts";

/**
 * How a kind's files lie:
 * - `story`: `<folder>/<year>/<slug>/index.mdx`, pictures and documents beside it
 * - `folder`: `<folder>/<slug>/index.mdx`, likewise
 * - `data`: `<folder>/<slug>.yaml`, without a body
 * - `yearly`: `<folder>/<year>/<slug>.yaml`, without a body
 * - `single`: the file `<folder>.yaml`
 */
export type Layout = "story" | "folder" | "data" | "yearly" | "single";

interface Kind {
  schema: z.ZodType;
  /** Below the content folder. */
  folder: string;
  layout: Layout;
  /** Vietnamese name of one such entry, for messages. */
  label: string;
  /** First part of its address on the site; absent when entries have no page of their own. */
  address?: string;
  /** The name of a list of such entries. */
  listLabel: string;
  /** What belongs there and what does not, in one Vietnamese sentence for who is about to write one. */
  purpose: string;
}

export const kinds = {
  models: {
    schema: model,
    folder: "models",
    layout: "story",
    label: "mô hình",
    address: "mo-hinh",
    listLabel: "Mô hình hay",
    purpose: "Cách làm hay của một đơn vị, kể đủ để nơi khác làm theo được.",
  },
  "role-models": {
    schema: roleModel,
    folder: "role-models",
    layout: "story",
    label: "điển hình",
    address: "dien-hinh",
    listLabel: "Người tốt, việc tốt",
    purpose:
      "Người, gia đình hoặc tập thể có việc làm đáng học, đã xác minh người thật, việc thật.",
  },
  news: {
    schema: news,
    folder: "news",
    layout: "story",
    label: "tin",
    address: "tin-tuc",
    listLabel: "Tin thi đua",
    purpose:
      "Tin của đợt thi đua: chỉ đạo, hoạt động, kết quả, khen thưởng, sơ kết, tổng kết.",
  },
  decisions: {
    schema: decision,
    folder: "decisions",
    layout: "yearly",
    label: "quyết định khen thưởng",
    listLabel: "Quyết định khen thưởng",
    purpose:
      "Khen thưởng theo luật, mỗi quyết định một mục; sao OCOP, giải hội thi thì ghi trong bài, ở «Ghi nhận khác».",
  },
  campaigns: {
    schema: campaign,
    folder: "campaigns",
    layout: "folder",
    label: "đợt thi đua",
    address: "dot-thi-dua",
    listLabel: "Đợt thi đua",
    purpose:
      "Mỗi đợt thi đua một mục: kế hoạch, nội dung, tiêu chí, các mốc thời gian.",
  },
  documents: {
    schema: document,
    folder: "documents",
    layout: "folder",
    label: "văn bản",
    address: "van-ban",
    listLabel: "Văn bản",
    purpose:
      "Luật, nghị định, kế hoạch, hướng dẫn mà trang dẫn tới, đã đối chiếu với bản chính thức.",
  },
  pages: {
    schema: page,
    folder: "pages",
    layout: "folder",
    label: "trang giới thiệu",
    address: "",
    listLabel: "Trang giới thiệu",
    purpose:
      "Các trang nói về chính trang web này: ai làm, dữ liệu cá nhân, cách sử dụng.",
  },
  movements: {
    schema: movement,
    folder: "taxonomy/movements",
    layout: "data",
    label: "phong trào",
    address: "phong-trao",
    listLabel: "Phong trào",
    purpose:
      "Phong trào và chủ đề thi đua mà bài viết góp vào; mục đang có bài dùng thì sửa, đừng xóa.",
  },
  fields: {
    schema: lifeField,
    folder: "taxonomy/fields",
    layout: "data",
    label: "lĩnh vực",
    address: "linh-vuc",
    listLabel: "Lĩnh vực",
    purpose:
      "Lĩnh vực đời sống mà bài viết nói tới, như nông nghiệp, y tế; ít mà rõ thì bạn đọc dễ tìm.",
  },
  groups: {
    schema: group,
    folder: "taxonomy/groups",
    layout: "data",
    label: "nhóm đối tượng",
    address: "nhom",
    listLabel: "Nhóm đối tượng",
    purpose: "Nhóm mà kế hoạch của đợt thi đua đặt tiêu chí riêng.",
  },
  "award-forms": {
    schema: awardForm,
    folder: "taxonomy/award-forms",
    layout: "data",
    label: "hình thức khen thưởng",
    address: "khen-thuong",
    listLabel: "Hình thức khen thưởng",
    purpose:
      "Huân chương, Bằng khen, Giấy khen… theo luật hoặc theo kế hoạch của đợt thi đua.",
  },
  communes: {
    schema: commune,
    folder: "taxonomy/communes",
    layout: "data",
    label: "xã, phường",
    address: "dia-ban",
    listLabel: "Xã, phường",
    purpose:
      "Các xã, phường từ 01/7/2025, kèm tên các đơn vị cũ để bạn đọc tìm được.",
  },
  units: {
    schema: unit,
    folder: "taxonomy/units",
    layout: "data",
    label: "đơn vị",
    listLabel: "Đơn vị",
    purpose:
      "Sở, ngành, đoàn thể, cơ quan báo chí gửi bài hoặc được nhắc là nơi thực hiện.",
  },
  synonyms: {
    schema: synonym,
    folder: "taxonomy/synonyms",
    layout: "data",
    label: "từ tìm kiếm",
    listLabel: "Từ viết tắt, từ cùng nghĩa",
    purpose:
      "Chữ viết tắt và cách gọi khác mà bạn đọc hay gõ khi tìm, kèm cách viết đầy đủ trong bài.",
  },
  site: {
    schema: site,
    folder: "site",
    layout: "single",
    label: "thông tin trang",
    listLabel: "Thông tin trang",
    purpose:
      "Tên trang, cơ quan chủ quản, liên hệ, màu sắc: những điều chung của cả trang.",
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

/** The kinds that are stories. */
export const STORY_KINDS = [
  "models",
  "role-models",
  "news",
] as const satisfies readonly KindName[];
export type StoryKind = (typeof STORY_KINDS)[number];

/** The terms that stories name, each with the field that names them. */
export const TERM_KINDS = {
  movements: "movements",
  fields: "fields",
  groups: "group",
  communes: "communes",
} as const satisfies Partial<Record<KindName, string>>;
export type TermKind = keyof typeof TERM_KINDS;

/** The terms that stories are listed by: those they name, and the forms of the awards they point to. */
export const LISTED_TERMS = [
  ...(Object.keys(TERM_KINDS) as TermKind[]),
  "award-forms",
] as const satisfies readonly KindName[];
export type ListedTerm = (typeof LISTED_TERMS)[number];

/** An entry's checked data, internal fields included. Only the loader sees it. */
export type Checked<K extends KindName> = z.output<(typeof kinds)[K]["schema"]>;

/** An entry's published data. */
export type Published<K extends KindName> = Public<(typeof kinds)[K]["schema"]>;

/** Whether entries of a kind are texts, each in a folder of its own with its pictures and documents. */
export const hasBody = (kind: KindName): boolean =>
  kinds[kind].layout === "story" || kinds[kind].layout === "folder";

/** Kinds that the whole site goes by: its settings, and the terms that stories are listed under. */
export const isSetting = (kind: KindName): boolean =>
  kinds[kind].layout === "single" || kinds[kind].folder.startsWith("taxonomy/");

/** An entry's address without the site's base: `/mo-hinh/ten/`. Nothing for kinds without pages. */
export function addressOf(kind: KindName, id: string): string | undefined {
  const { address } = kinds[kind] as { address?: string };
  return address === undefined
    ? undefined
    : address
      ? `/${address}/${id}/`
      : `/${id}/`;
}

/** Where an entry is edited in the CMS, by its main file below the content folder. */
export function placeIn(kind: KindName, file: string): string {
  const { folder, layout } = kinds[kind];
  const name =
    layout === "single"
      ? kind
      : file.slice(folder.length + 1).replace(/\.\w+$/, "");
  return `#/collections/${kind}/entries/${name}`;
}

/** Last parts of an address that are the site's own and no entry may take. */
export const RESERVED_SLUG = /^(?:tu-lieu|trang-\d+|rss|atom|feed|index|404)$/;

/** The first part of the addresses of years. */
export const YEARS_ADDRESS = "nam";

/** The page about the site whose text stands on the press page, among what the site itself puts there. */
export const PRESS_PAGE = "bao-chi";

/** First parts of an address that are the site's own and no page may take. */
export const RESERVED_ADDRESSES: readonly string[] = [
  ...Object.values(kinds).flatMap((kind: Kind) =>
    kind.address ? [kind.address] : [],
  ),
  "admin",
  "api",
  "ban-do",
  PRESS_PAGE,
  YEARS_ADDRESS,
  "nhung",
  "oembed",
  "tim-kiem",
];
