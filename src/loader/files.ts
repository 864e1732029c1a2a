/** What lies in the content folder: which files are entries, which lie beside them, which belong nowhere. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { hasBody, kinds, type KindName, type Layout } from "../schema/kinds.ts";
import {
  error,
  quoted,
  warning,
  type Finding,
  type Problem,
} from "../schema/problem.ts";
import { slugify } from "../schema/slug.ts";
import { sizeFinding } from "../judge/text.ts";

/** One entry's file, and the names of the files beside it. */
export interface EntryFile {
  kind: KindName;
  /** The folder's or file's name: the last part of its address. */
  id: string;
  /** Path below the content folder, with forward slashes. */
  file: string;
  /** Names of pictures and documents in the entry's own folder. */
  beside: string[];
}

const PATTERNS: Record<Layout, (folder: string) => RegExp> = {
  story: (folder) => new RegExp(`^${folder}/[^/]+/(?<id>[^/]+)/(?<rest>.+)$`),
  folder: (folder) => new RegExp(`^${folder}/(?<id>[^/]+)/(?<rest>.+)$`),
  data: (folder) => new RegExp(`^${folder}/(?<id>[^/]+)\\.yaml$`),
  yearly: (folder) => new RegExp(`^${folder}/[^/]+/(?<id>[^/]+)\\.yaml$`),
  single: (folder) => new RegExp(`^(?<id>${folder})\\.yaml$`),
};
const places = Object.entries(kinds).map(([kind, { folder, layout }]) => ({
  kind: kind as KindName,
  pattern: PATTERNS[layout](folder),
}));

/** Files that desktops leave behind; nobody's content. */
const LITTER = /(?:^|\/)(?:\.[^/]*|Thumbs\.db|desktop\.ini|~\$[^/]*)(?:\/|$)/i;

/**
 * Sorts the files of a content folder.
 *
 * @param contentDir absolute path
 * @returns the entries in the order of their paths, and what is wrong with the rest
 * @throws when the folder cannot be read
 */
export function listFiles(contentDir: string): {
  entries: EntryFile[];
  problems: Problem[];
} {
  const problems: Problem[] = [];
  const entries = new Map<string, EntryFile>();
  const beside = new Map<
    string,
    { kind: KindName; id: string; names: string[] }
  >();
  for (const file of walk(contentDir, "", problems)) {
    const place = placeOf(file);
    if (!place)
      problems.push({
        file,
        ...(/\.(?:mdx|ya?ml)$/i.test(file) ? LOST : STRAY),
      });
    else if (place.rest === undefined)
      entries.set(file, { kind: place.kind, id: place.id, file, beside: [] });
    else {
      const folder = file.slice(0, -place.rest.length - 1);
      const group = beside.get(folder) ?? {
        kind: place.kind,
        id: place.id,
        names: [],
      };
      beside.set(folder, group);
      if (place.rest.includes("/")) problems.push({ file, ...NESTED });
      else group.names.push(place.rest);
    }
  }
  for (const [folder, { kind, id, names }] of beside) {
    if (names.includes("index.mdx"))
      entries.set(`${folder}/index.mdx`, {
        kind,
        id,
        file: `${folder}/index.mdx`,
        beside: names.filter((name) => name !== "index.mdx"),
      });
  }
  return {
    entries: [...entries.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
    problems,
  };
}

/** Every file below a folder, never following a symbolic link. */
function* walk(
  root: string,
  below: string,
  problems: Problem[],
): Generator<string> {
  const items = listFolder(path.join(root, below), below !== "");
  if (!items) {
    problems.push({ file: below, ...UNREADABLE });
    return;
  }
  let hasIndex = false;
  for (const item of items) {
    const file = below ? `${below}/${item.name}` : item.name;
    if (LITTER.test(file)) continue;
    if (item.name === "index.mdx" && !item.isDirectory()) hasIndex = true;
    if (item.isDirectory()) yield* walk(root, file, problems);
    else if (item.isFile()) yield file;
    else problems.push({ file, ...LINK });
  }
  if (!hasIndex && isEntryFolder(below))
    problems.push({ file: below, ...NO_INDEX });
}

/** What is in a folder; nothing when it cannot be read and the caller can do without. */
function listFolder(folder: string, isOptional: boolean) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    if (isOptional) return undefined;
    throw new Error(
      `Không mở được thư mục nội dung ${folder}. Đặt CONTENT_DIR là thư mục có site.yaml.`,
      { cause },
    );
  }
}

/**
 * Reads a content file.
 *
 * @param full absolute path
 * @returns its bytes, or why it cannot be read
 */
export function readSource(
  full: string,
): { bytes: Buffer; finding?: never } | { bytes?: never; finding: Finding } {
  try {
    const finding = sizeFinding(statSync(full).size);
    return finding ? { finding } : { bytes: readFileSync(full) };
  } catch {
    return { finding: UNREADABLE };
  }
}

const isEntryFolder = (folder: string): boolean =>
  placeOf(`${folder}/x`)?.rest === "x";

/**
 * Which entry a file belongs to.
 *
 * @param file path below the content folder
 * @returns the entry's kind and id, and for a file in an entry's folder its path there; nothing for a file of no entry
 */
export function placeOf(
  file: string,
): { kind: KindName; id: string; rest: string | undefined } | undefined {
  for (const { kind, pattern } of places) {
    const groups = pattern.exec(file)?.groups;
    if (groups)
      return {
        kind,
        id: groups.id!,
        rest: hasBody(kind) ? groups.rest : undefined,
      };
  }
  return undefined;
}

const STRAY = warning(
  "stray-file",
  "tệp nằm ngoài các thư mục nội dung",
  "Chuyển vào đúng thư mục (ví dụ news/2026/ten-bai/), hoặc xóa.",
);
const LOST = error(
  "entry-place",
  "bài hoặc mục nằm sai chỗ nên không được đăng",
  "Chuyển vào đúng thư mục, ví dụ news/2026/ten-bai/index.mdx; danh mục thì để tệp đuôi .yaml trong taxonomy.",
);
const NESTED = warning(
  "nested-file",
  "tệp nằm trong thư mục con của bài",
  "Đặt tệp ngay cạnh index.mdx.",
);
const NO_INDEX = error(
  "no-index",
  "thư mục không có tệp index.mdx",
  "Thêm index.mdx (đúng tên, chữ thường), hoặc xóa thư mục.",
);
const UNREADABLE = error(
  "file-unreadable",
  "không mở được để đọc",
  "Cho phép đọc tệp hoặc thư mục này, hoặc chép lại.",
);
const LINK = error(
  "link-file",
  "không phải tệp thường (liên kết, thiết bị…)",
  "Thay bằng chính tệp ấy.",
);

/** What is wrong with an entry's folder or file name. */
export function checkName(
  { kind, id, file }: EntryFile,
  reserved: (id: string) => boolean,
): Problem[] {
  const problems: Problem[] = [];
  const ascii = slugify(id);
  if (id !== ascii)
    problems.push({
      file,
      ...error(
        "bad-slug",
        `tên ${quoted(id)} có dấu, chữ hoa, dấu cách hoặc ký tự lạ`,
        `Đổi tên thành ${quoted(ascii || "ten-bai")}.`,
      ),
    });
  else if (reserved(id))
    problems.push({
      file,
      ...error(
        "reserved-slug",
        `tên ${quoted(id)} dành riêng cho trang`,
        "Đặt tên khác, ví dụ thêm tên xã hoặc năm.",
      ),
    });
  if (id.length > 90)
    problems.push({
      file,
      ...error(
        "long-slug",
        `tên dài ${id.length} ký tự`,
        "Rút gọn còn nhiều nhất 90 ký tự.",
      ),
    });
  const year = /^[^/]+\/([^/]+)\/[^/]+(?:\/index\.mdx|\.yaml)$/.exec(file)?.[1];
  if (
    (kinds[kind].layout === "story" || kinds[kind].layout === "yearly") &&
    !/^(?:19|20)\d{2}$/.test(year ?? "")
  )
    problems.push({
      file,
      ...error(
        "bad-year",
        `thư mục năm là ${quoted(year ?? "")}`,
        "Đặt bài trong thư mục năm gồm bốn chữ số, ví dụ 2026.",
      ),
    });
  return problems;
}
