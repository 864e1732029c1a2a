/** Content folders for tests: valid to the last field, small, about places that do not exist. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { STORY_KINDS, kinds, type StoryKind } from "../../src/schema/kinds.ts";
import { temporaryFolder } from "./temporary.ts";

export { STORY_KINDS, type StoryKind };

export type Fields = Record<string, unknown>;

/** Fields as YAML: a value in JSON is YAML as well, whatever it holds. */
const yaml = (fields: Fields): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join("");

/** A content folder that is being edited. */
export class Corpus {
  readonly dir: string;

  constructor(dir: string = temporaryFolder("content")) {
    this.dir = dir;
  }

  path(file: string): string {
    return path.join(this.dir, file);
  }

  write(file: string, content: string | Uint8Array): void {
    mkdirSync(path.dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), content);
  }

  read(file: string): string {
    return readFileSync(this.path(file), "utf8");
  }

  has(file: string): boolean {
    return existsSync(this.path(file));
  }

  /** Writes an entry without a body. */
  data(file: string, fields: Fields): void {
    this.write(file, yaml(fields));
  }

  /** Writes an entry with a body. */
  text(file: string, fields: Fields, body = ""): void {
    this.write(file, `---\n${yaml(fields)}---\n\n${body}\n`);
  }

  remove(file: string): void {
    rmSync(this.path(file), { recursive: true });
  }

  move(from: string, to: string): void {
    mkdirSync(path.dirname(this.path(to)), { recursive: true });
    renameSync(this.path(from), this.path(to));
  }

  /** Writes a story, and what lies beside it. */
  story(
    kind: StoryKind,
    slug: string,
    fields: Fields = {},
    body = BODY,
    beside: Record<string, string | Uint8Array> = {},
  ): void {
    const folder = storyFolder(kind, slug);
    this.text(`${folder}/index.mdx`, { ...storyFields(kind), ...fields }, body);
    for (const [name, content] of Object.entries(beside))
      this.write(`${folder}/${name}`, content);
  }
}

/** The folder of a story of the one year that tests write in. */
export const storyFolder = (kind: StoryKind, slug: string): string =>
  `${kind}/2026/${slug}`;

/** A story's path on the site. */
export const storyAddress = (kind: StoryKind, slug: string): string =>
  `${kinds[kind].address}/${slug}/`;

/** The moment most tests take place at. */
export const NOW = "2026-11-23T08:00:00+07:00";
export const EARLIER = "2026-11-01T08:00:00+07:00";

const BODY = `Bà con xóm Ví Dụ cùng nhau làm đường, mỗi nhà một việc.

## Bắt đầu từ đâu

Xóm họp ba lần rồi mới làm.`;

/** The fields that a published story of a kind cannot do without. */
export function storyFields(kind: StoryKind): Fields {
  const common = {
    title: "Xóm Ví Dụ chung tay làm đường nội đồng",
    summary:
      "Trong một mùa, bà con xóm Ví Dụ góp công, góp đất làm xong con đường ra đồng mà trước đây ai cũng ngại.",
    status: "published",
    publishedAt: EARLIER,
    sources: [{ publisher: "Báo Ví Dụ" }],
  };
  switch (kind) {
    case "models":
      return { ...common, owner: "Xóm Ví Dụ" };
    case "role-models":
      return {
        ...common,
        name: "Tổ tự quản xóm Ví Dụ",
        subjectType: "small-collective",
      };
    case "news":
      return { ...common, category: "activity" };
  }
}

export const CAMPAIGN = "dot-vi-du";
export const CAMPAIGN_FIELDS: Fields = {
  title: "Đợt thi đua ví dụ chào mừng ngày hội của tỉnh Ví Dụ",
  shortTitle: "Đợt thi đua ví dụ",
  summary:
    "Cả tỉnh Ví Dụ thi đua làm đường, trồng cây và dạy nhau dùng máy tính trong ba tháng cuối năm.",
  plan: "ke-hoach-vi-du",
  spirit: "Nhanh hơn, gọn hơn",
  startDate: "2026-10-01",
  endDate: "2026-12-31",
  contents: [
    { id: "II.1", title: "Làm đường", summary: "Đường xóm, đường đồng." },
    { id: "II.2", title: "Trồng cây" },
  ],
  criteria: [{ group: "tap-the", items: ["Làm xong trước hạn."] }],
  timeline: [
    { date: "2026-10-01", title: "Phát động" },
    {
      date: "2026-12",
      title: "Tổng kết",
      url: "https://vidu.example/tong-ket",
    },
  ],
  documents: ["huong-dan-vi-du"],
};

export const SITE_FIELDS: Fields = {
  name: "Gương sáng Ví Dụ",
  tagline: "Mô hình hay, người tốt việc tốt",
  description: "Những mô hình hay và người tốt việc tốt ở tỉnh Ví Dụ.",
  province: "Ví Dụ",
  portal: { name: "Cổng tỉnh Ví Dụ", url: "https://vidu.example" },
  campaign: CAMPAIGN,
};

/** The terms of the skeleton, which stories may name. */
export const TERMS = {
  movements: ["lam-duong", "trong-cay", "hoc-so"],
  fields: ["nong-nghiep", "ha-tang", "so-hoa"],
  groups: ["tap-the", "ca-nhan"],
  communes: ["ban-mai", "doi-che", "song-cau", "tan-lap"],
} as const;

/** A content folder with everything but stories. */
export function skeleton(site: Fields = {}): Corpus {
  const corpus = new Corpus();
  corpus.data("site.yaml", { ...SITE_FIELDS, ...site });
  corpus.text(
    `campaigns/${CAMPAIGN}/index.mdx`,
    CAMPAIGN_FIELDS,
    "## Vì sao\n\nĐể *cùng làm*.",
  );
  const document = {
    number: "12/KH-VD",
    type: "plan",
    issuer: "Tỉnh Ví Dụ",
    date: "2026-09-20",
    summary: "Kế hoạch mở đợt thi đua ví dụ trong ba tháng cuối năm 2026.",
    verified: true,
  };
  corpus.text("documents/ke-hoach-vi-du/index.mdx", {
    ...document,
    title: "Kế hoạch mở đợt thi đua ví dụ",
  });
  corpus.text(
    "documents/huong-dan-vi-du/index.mdx",
    {
      ...document,
      title: "Hướng dẫn bình xét ví dụ",
      number: "13/HD-VD",
      type: "guideline",
      file: "huong-dan.pdf",
    },
    "Toàn văn **hướng dẫn**.",
  );
  corpus.write("documents/huong-dan-vi-du/huong-dan.pdf", pdf("hướng dẫn"));
  corpus.text("pages/gioi-thieu/index.mdx", {
    title: "Giới thiệu",
    summary: "Trang này do ai làm, để làm gì.",
  });
  const [road, trees, digital] = TERMS.movements;
  corpus.data(`taxonomy/movements/${road}.yaml`, {
    title: "Cả tỉnh làm đường",
    type: "named",
    campaign: CAMPAIGN,
    order: 1,
  });
  corpus.data(`taxonomy/movements/${trees}.yaml`, {
    title: "Đồi xanh",
    type: "named",
    order: 2,
  });
  corpus.data(`taxonomy/movements/${digital}.yaml`, {
    title: "Học dùng máy",
    type: "theme",
    summary: "Người biết dạy người chưa biết.",
    order: 3,
  });
  TERMS.fields.forEach((slug, order) =>
    corpus.data(`taxonomy/fields/${slug}.yaml`, {
      title: ["Nông nghiệp", "Hạ tầng", "Số hóa"][order],
      order,
    }),
  );
  TERMS.groups.forEach((slug, order) =>
    corpus.data(`taxonomy/groups/${slug}.yaml`, {
      title: ["Tập thể nhỏ", "Cá nhân"][order],
      campaign: CAMPAIGN,
      order,
    }),
  );
  TERMS.communes.forEach((slug, order) =>
    corpus.data(`taxonomy/communes/${slug}.yaml`, {
      title: ["Bản Mai", "Đồi Chè", "Sông Cầu", "Tân Lập"][order],
      type: order % 2 ? "phuong" : "xa",
      code: `0100${order}`,
      formerUnits: ["Xã Cũ", "Xã Xưa"],
      areaKm2: 12.5 + order,
    }),
  );
  corpus.data("taxonomy/units/so-vi-du.yaml", {
    title: "Sở Ví Dụ",
    type: "department",
  });
  corpus.data("taxonomy/award-forms/bang-khen.yaml", {
    title: "Bằng khen",
    level: "province",
  });
  corpus.data("decisions/2026/khen-xom-vi-du.yaml", {
    number: "99/QĐ-VD",
    date: "2026-10-20",
    form: "bang-khen",
    occasion: "campaign",
    campaign: CAMPAIGN,
    recipients: [
      { id: "xom", name: "Xóm Ví Dụ", subjectType: "residential-community" },
    ],
  });
  return corpus;
}

/** Bytes that pass for a document: nothing looks inside one. */
export const pdf = (words: string): Uint8Array =>
  Buffer.from(`%PDF-1.4\n% ${words}\n`);

const pictures = new Map<string, Promise<Buffer>>();

/** A small JPEG, each colour's always of the same bytes. */
export function jpeg(colour: string, width = 40, height = 30): Promise<Buffer> {
  const key = `${colour} ${width} ${height}`;
  let made = pictures.get(key);
  if (!made)
    pictures.set(
      key,
      (made = sharp({
        create: { width, height, channels: 3, background: colour },
      })
        .jpeg()
        .toBuffer()),
    );
  return made;
}
