/**
 * Content folders of any size for the benchmarks: made-up Vietnamese stories that the checks accept, around
 * the repository's own taxonomy, campaign, documents, pages and site.yaml. The same seed gives the same bytes.
 * Names of people and hamlets are plainly artificial ("ông Trần Văn Thử", "xóm Ví Dụ 7"); communes are real,
 * as they come from the taxonomy.
 */
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseYaml, writeYaml } from "../src/judge/yaml.ts";
import { slugify } from "../src/schema/slug.ts";
import type { StoryKind } from "../src/schema/kinds.ts";

/** One story, as its file holds it. */
export interface MadeStory {
  kind: StoryKind;
  slug: string;
  /** Below the content folder. */
  file: string;
  front: Record<string, unknown>;
  body: string;
}

interface Terms {
  movements: string[];
  fields: string[];
  groups: string[];
  communes: { id: string; name: string }[];
  documents: string[];
  campaign: string;
  contents: string[];
}

const CONTENT = fileURLToPath(new URL("../content/", import.meta.url));
const KEPT = ["taxonomy", "campaigns", "documents", "pages"];

/**
 * Makes a content folder.
 *
 * @param contentDir absolute path of a folder that is not there yet
 * @param count how many stories: 30 % models, 20 % role models, 50 % news
 * @param seed another seed, another text
 * @returns the stories, in the order they were made
 */
export function makeCorpus(
  contentDir: string,
  count: number,
  seed = 141,
): MadeStory[] {
  mkdirSync(contentDir, { recursive: true });
  for (const name of KEPT)
    cpSync(path.join(CONTENT, name), path.join(contentDir, name), {
      recursive: true,
    });
  writeFileSync(path.join(contentDir, "site.yaml"), writeYaml(siteSettings()));
  const terms = readTerms();
  const stories = Array.from({ length: count }, (_, index) =>
    makeStory(index, terms, seed),
  );
  for (const story of stories) writeStory(contentDir, story);
  return stories;
}

/** Writes a story's file, new or changed. */
export function writeStory(
  contentDir: string,
  { file, front, body }: MadeStory,
): void {
  const full = path.join(contentDir, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, `---\n${writeYaml(front)}---\n\n${body}\n`);
}

/** One more story, as an editor would add it today: newer than all others. */
export function extraStory(index: number, seed = 141): MadeStory {
  const story = makeStory(index, readTerms(), seed);
  const publishedAt = "2026-01-05T08:00:00+07:00";
  return {
    ...story,
    file: `${story.kind}/2026/${story.slug}/index.mdx`,
    front: { ...story.front, publishedAt, eventDate: "2026-01-04" },
  };
}

/** The repository's own, without the story that leads its front page and without who answers its readers. */
function siteSettings(): Record<string, unknown> {
  const { lead: _lead, contacts: _contacts, ...kept } = yamlOf("site.yaml");
  return kept;
}

function readTerms(): Terms {
  const idsIn = (folder: string): string[] =>
    readdirSync(path.join(CONTENT, folder))
      .map((name) => name.replace(/\.yaml$/, ""))
      .sort();
  const [campaign = ""] = idsIn("campaigns");
  const { contents } = yamlOf(`campaigns/${campaign}/index.mdx`) as {
    contents: { id: string }[];
  };
  return {
    movements: idsIn("taxonomy/movements"),
    fields: idsIn("taxonomy/fields"),
    groups: idsIn("taxonomy/groups"),
    communes: idsIn("taxonomy/communes").map((id) => {
      const { type, title } = yamlOf(`taxonomy/communes/${id}.yaml`);
      return { id, name: `${type === "xa" ? "xã" : "phường"} ${title}` };
    }),
    documents: idsIn("documents").filter(
      (id) => yamlOf(`documents/${id}/index.mdx`).verified === true,
    ),
    campaign,
    contents: contents.map(({ id }) => id),
  };
}

function yamlOf(file: string): Record<string, unknown> {
  const text = readFileSync(path.join(CONTENT, file), "utf8");
  const front = file.endsWith(".yaml") ? text : text.split(/^---$/m)[1]!;
  const parsed = parseYaml(front);
  if ("finding" in parsed) throw new Error(`${file}: ${parsed.finding.found}`);
  return parsed.data as Record<string, unknown>;
}

/** Numbers that look random and are the same every time (mulberry32). */
class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }
  /** Some different members of a list, in its order. */
  some<T>(list: readonly T[], count: number): T[] {
    const chosen = new Set<T>();
    while (chosen.size < Math.min(count, list.length))
      chosen.add(this.pick(list));
    return list.filter((item) => chosen.has(item));
  }
  chance(share: number): boolean {
    return this.next() < share;
  }
}

const KIND_OF_TEN: StoryKind[] = [
  "models",
  "news",
  "role-models",
  "news",
  "models",
  "news",
  "role-models",
  "news",
  "models",
  "news",
];

function makeStory(index: number, terms: Terms, seed: number): MadeStory {
  const random = new Random(seed * 1_000_003 + index);
  const kind = KIND_OF_TEN[index % 10]!;
  const communes = random.some(terms.communes, random.chance(0.12) ? 2 : 1);
  const writer = new Writer(random, communes[0]!.name);
  const title = `${capital(writer.who())} ở ${communes[0]!.name} ${writer.deed()}`;
  const day = dayIn(random);
  const year = day.slice(0, 4);
  const slug = `${slugify(title).slice(0, 60).replace(/-+$/, "")}-${index}`;
  const dated = random.chance(0.9);
  return {
    kind,
    slug,
    file: `${kind}/${year}/${slug}/index.mdx`,
    front: {
      title,
      summary: `${writer.sentence()} ${writer.short()}`,
      status: "published",
      publishedAt: `${day}T08:00:00+07:00`,
      ...(dated ? { eventDate: eventDate(day, random) } : {}),
      ...(random.chance(0.4) ? { byline: writer.name() } : {}),
      ...(random.chance(0.3)
        ? {
            campaign: terms.campaign,
            contents: random.some(terms.contents, 1),
          }
        : {}),
      movements: random.some(terms.movements, random.whole(1, 2)),
      group: random.pick(terms.groups),
      subjectType: kind === "role-models" ? "person" : "residential-community",
      fields: random.some(terms.fields, random.whole(1, 2)),
      communes: communes.map(({ id }) => id),
      ...(random.chance(0.1)
        ? { recognition: [{ title: "Giải Ba hội thi Ví Dụ", year }] }
        : {}),
      sources: [
        {
          publisher: `Báo Ví Dụ ${random.whole(1, 40)}`,
          date: day,
          url: `https://bao.example/tin/${index}`,
        },
      ],
      ...ownFields(kind, writer, random, terms),
    },
    body: makeBody(index, writer, random),
  };
}

/** The fields that only stories of one kind have. */
function ownFields(
  kind: StoryKind,
  writer: Writer,
  random: Random,
  terms: Terms,
): Record<string, unknown> {
  switch (kind) {
    case "models":
      return {
        owner: `${capital(writer.who())} ${writer.hamlet()}`,
        problem: writer.sentence(),
        method: random.some(STEP_TITLES, 3).map((step, number) => ({
          title: capital(step),
          text: number === 0 ? writer.sentence() : writer.short(),
        })),
        results: random.some(RESULTS, 2).map(([label, unit]) => ({
          label,
          value: random.whole(12, 98).toString(),
          unit,
          ...(random.chance(0.5)
            ? { before: random.whole(2, 11).toString() }
            : {}),
        })),
        ...(random.chance(0.5) ? { conditions: writer.short() } : {}),
        ...(random.chance(0.5) ? { cost: writer.short() } : {}),
      };
    case "role-models":
      return {
        name: `${random.chance(0.5) ? "Ông" : "Bà"} ${writer.name()}`,
        role: `${capital(random.pick(ROLES))} ${writer.hamlet()}`,
        occupation: random.pick([
          "farmer",
          "worker",
          "public-employee",
          "citizen",
        ]),
        consent: {
          basis: "public-honour",
          source: "https://bao.example/ton-vinh",
        },
      };
    case "news":
      return {
        category: random.pick([
          "direction",
          "activity",
          "result",
          "commendation",
          "lessons",
        ]),
        ...(random.chance(0.3)
          ? { eventPlace: `Nhà văn hóa ${writer.hamlet()}` }
          : {}),
        ...(random.chance(0.2)
          ? { documents: random.some(terms.documents, 1) }
          : {}),
      };
  }
}

/** A day of publication, spread over six years that are past whenever this runs. */
const dayIn = (random: Random): string =>
  `${random.whole(2020, 2025)}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`;

const two = (value: number): string => String(value).padStart(2, "0");

/** When it happened: mostly a day, at times a month, a year or a span. */
function eventDate(day: string, random: Random): string {
  const form = random.next();
  if (form < 0.8) return day;
  if (form < 0.88) return day.slice(0, 7);
  if (form < 0.94) return day.slice(0, 4);
  return `${day.slice(0, 8)}01/${day.slice(0, 8)}28`;
}

/** About 440 words: paragraphs, headings, a list; a block in every third; a table or a footnote in some. */
function makeBody(index: number, writer: Writer, random: Random): string {
  const [first, second, third] = random.some(HEADINGS, 3);
  const noted = index % 5 === 2;
  const parts = [
    `${writer.paragraph(2)}${noted ? "[^1]" : ""}`,
    `## ${first}`,
    writer.paragraph(2),
    `${writer.short()} Xem thêm ở [trang của ${writer.hamlet()}](https://bao.example/bai/${index}), nơi có **${random.pick(STEP_TITLES)}** được kể kỹ hơn.`,
    ...(index % 3 === 1 ? [makeBlock(index, writer, random)] : []),
    `## ${second}`,
    writer.paragraph(2),
    [1, 2, 3].map(() => `- ${writer.short()}`).join("\n"),
    ...(index % 9 === 4 ? [makeTable(writer, random)] : []),
    ...(index % 11 === 5 ? [`### ${random.pick(SMALL_HEADINGS)}`] : []),
    writer.sentence(),
    `## ${third}`,
    writer.paragraph(2),
    `${writer.short()} *${writer.short()}*`,
    ...(noted ? [`[^1]: ${writer.short()}`] : []),
  ];
  return parts.join("\n\n");
}

function makeTable(writer: Writer, random: Random): string {
  const row = () =>
    `| ${capital(writer.hamlet())} | ${random.whole(20, 90)} | ${random.whole(5, 19)} |`;
  return [
    "| Nơi làm | Số hộ | Số buổi |",
    "| --- | --- | --- |",
    row(),
    row(),
    row(),
  ].join("\n");
}

/** One content block with what an editor would put in it. */
function makeBlock(index: number, writer: Writer, random: Random): string {
  const figure = () => {
    const [label, unit] = random.pick(RESULTS);
    return `<KeyFigure value="${random.whole(10, 99)}" unit="${unit}" label="${capital(label)}" />`;
  };
  switch (Math.floor(index / 3) % 5) {
    case 0:
      return `<KeyFigures title="Sau hai năm ở ${writer.hamlet()}">\n${figure()}\n${figure()}\n</KeyFigures>`;
    case 1:
      return `<Steps title="Việc làm theo thứ tự">\n<Step title="${capital(random.pick(STEP_TITLES))}">\n\n${writer.short()}\n\n- ${writer.short()}\n- ${writer.short()}\n\n</Step>\n<Step>\n\n${writer.short()}\n\n</Step>\n</Steps>`;
    case 2:
      return `<Callout type="tip" title="${capital(random.pick(STEP_TITLES))}">\n\n${writer.sentence()}\n\n</Callout>`;
    case 3:
      return `<Quote who="${writer.name()}" role="${capital(random.pick(ROLES))} ${writer.hamlet()}">\n\n${writer.short()} ${writer.short()}\n\n</Quote>`;
    default:
      return `<Facts title="Mô hình trong vài dòng">\n<Fact label="Nơi làm">${capital(writer.hamlet())}</Fact>\n<Fact label="Bắt đầu">Năm **${random.whole(2015, 2024)}**</Fact>\n</Facts>`;
  }
}

const capital = (text: string): string =>
  text[0]!.toUpperCase() + text.slice(1);

/** Writes sentences about one place from the word lists below. */
class Writer {
  #random: Random;
  #commune: string;
  constructor(random: Random, commune: string) {
    this.#random = random;
    this.#commune = commune;
  }
  hamlet = (): string => `xóm Ví Dụ ${this.#random.whole(1, 40)}`;
  name = (): string =>
    `${this.#random.pick(FAMILY_NAMES)} ${this.#random.pick(GIVEN_NAMES)}`;
  who = (): string => this.#random.pick(WHO);
  deed = (): string => this.#random.pick(DEEDS);
  sentence(): string {
    const pick = this.#random.pick.bind(this.#random);
    const filled = pick(SENTENCES)
      .replace("{when}", pick(WHEN))
      .replace("{who}", this.who())
      .replace("{deed}", this.deed())
      .replace("{where}", pick([this.hamlet(), this.#commune]))
      .replace("{result}", pick(OUTCOMES))
      .replace("{count}", String(this.#random.whole(12, 380)));
    return capital(filled);
  }
  short(): string {
    const pick = this.#random.pick.bind(this.#random);
    return capital(
      pick(SHORT)
        .replace("{who}", this.who())
        .replace("{where}", this.hamlet())
        .replace("{count}", String(this.#random.whole(3, 90))),
    );
  }
  paragraph = (sentences: number): string =>
    Array.from({ length: sentences }, () => this.sentence()).join(" ");
}

const FAMILY_NAMES = [
  "Nguyễn Thị",
  "Trần Văn",
  "Lê Minh",
  "Phạm Hữu",
  "Hoàng Thị",
  "Dương Văn",
  "Ma Thị",
  "Nông Văn",
];
/** No one's given names: sample, trial, example, model, draft. */
const GIVEN_NAMES = ["Mẫu", "Thử", "Ví Dụ", "Kiểu Mẫu", "Minh Họa", "Nháp"];
const WHO = [
  "chi hội phụ nữ",
  "đoàn thanh niên",
  "hợp tác xã nông nghiệp",
  "tổ công nghệ số cộng đồng",
  "ban công tác Mặt trận",
  "hội cựu chiến binh",
  "câu lạc bộ khuyến học",
  "tổ tự quản",
  "trường tiểu học",
  "trạm y tế",
  "hội nông dân",
  "nhóm hộ trồng chè",
];
const DEEDS = [
  "đổ bê tông tuyến đường ra đồng",
  "trồng chè theo hướng hữu cơ",
  "gom rác thải nhựa đổi lấy sách",
  "dạy người cao tuổi dùng dịch vụ công trực tuyến",
  "dựng thư viện nhỏ cho thiếu nhi",
  "giữ nghề dệt và tiếng hát quê mình",
  "lắp đèn năng lượng mặt trời dọc đường xóm",
  "góp quỹ giúp hộ khó khăn sửa nhà",
  "nuôi ong lấy mật dưới tán rừng",
  "mở lớp bơi an toàn trong dịp hè",
  "hiến đất mở rộng đường liên xóm",
  "bán nông sản qua mạng có nguồn gốc rõ ràng",
];
const WHEN = [
  "từ đầu năm",
  "sau vụ thu hoạch",
  "trong ba tháng hè",
  "qua hai năm làm thử",
  "ngay khi có nghị quyết của chi bộ",
  "từ những ngày còn thiếu nước",
];
const OUTCOMES = [
  "thu nhập của bà con tăng lên từng vụ",
  "đường xóm sạch hơn và ít tai nạn hơn trước",
  "giấy tờ được giải quyết trong ngày",
  "trẻ nhỏ có chỗ đọc sách mỗi buổi chiều",
  "nhiều nơi khác đã đến xem và học theo",
  "quỹ chung đủ lo cho những hộ cần nhất",
  "không còn hộ nào phải bỏ ruộng hoang",
  "người già và người trẻ cùng làm chung một việc",
];
const SENTENCES = [
  "{when}, {who} ở {where} cùng nhau {deed}, nhờ vậy {result}.",
  "Không chờ kinh phí từ trên, {who} họp bàn với {count} hộ rồi bắt tay {deed}; đến nay {result}.",
  "Lúc đầu ít người tin, nhưng khi {who} làm xong đoạn đầu tiên thì cả {where} đều muốn {deed}.",
  "Theo lời kể của {who}, việc khó nhất không phải là tiền mà là làm sao cho {count} hộ cùng đồng lòng {deed}.",
  "{when}, mỗi nhà góp một buổi công để {deed}, việc nào cũng ghi vào sổ và đọc lại trước dân.",
  "Cách làm của {who} ở {where} không có gì cao xa: bàn trước, làm sau, kiểm tra thường xuyên, và {result}.",
  "Có {count} người tham gia ngay trong tuần đầu, ai cũng thấy rõ rằng khi chung tay {deed} thì {result}.",
  "Đoàn kiểm tra về {where} ghi nhận việc {deed} đã thành nếp, {result}, dù kinh phí chỉ ở mức vừa phải.",
  "Mỗi tháng {who} họp một lần vào tối thứ bảy để xem lại việc {deed}, chỗ nào chậm thì cùng gỡ.",
  "Những hộ làm trước hướng dẫn những hộ làm sau, nhờ thế chỉ sau {count} ngày việc {deed} đã lan ra khắp {where}.",
];
const SHORT = [
  "{who} chia việc cho từng tổ, mỗi tổ lo một đoạn.",
  "Ở {where} có {count} hộ đăng ký ngay từ buổi họp đầu.",
  "Sổ thu chi được đọc trước dân mỗi quý một lần.",
  "Việc nào dân bàn chưa xong thì chưa làm.",
  "Nơi khác muốn học có thể đến xem vào {count} ngày trong quý.",
  "Cần có người đứng đầu chịu đi từng nhà và chịu nghe.",
  "Kinh phí phần lớn do bà con {where} góp bằng ngày công.",
  "{who} giữ liên lạc với cán bộ kỹ thuật suốt vụ.",
];
const HEADINGS = [
  "Chuyện bắt đầu từ đâu",
  "Cách làm của bà con",
  "Khó khăn và cách gỡ",
  "Kết quả sau hai năm",
  "Điều rút ra cho nơi khác",
  "Việc còn đang làm dở",
  "Người đi đầu",
  "Góp sức, góp của",
];
const SMALL_HEADINGS = ["Chia tổ, chia việc", "Ghi sổ, đọc sổ", "Giờ họp xóm"];
const STEP_TITLES = [
  "họp dân và ghi biên bản",
  "chia tổ nhận việc",
  "làm thử một đoạn",
  "ghi sổ thu chi",
  "mời người biết nghề về dạy",
  "kiểm tra và sửa ngay",
];
const RESULTS = [
  ["số hộ tham gia", "hộ"],
  ["đường đã đổ bê tông", "km"],
  ["diện tích chè hữu cơ", "ha"],
  ["hồ sơ đúng hạn", "%"],
  ["thu nhập mỗi hộ một năm", "triệu đồng"],
  ["số em đến lớp", "em"],
] as const;
const ROLES = ["trưởng xóm", "bí thư chi bộ", "tổ trưởng", "người có uy tín"];
