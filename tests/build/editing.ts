/** An editors' office at random: every step leaves a content folder that is valid, and not the one before. */
import {
  CAMPAIGN,
  CAMPAIGN_FIELDS,
  SITE_FIELDS,
  STORY_KINDS,
  TERMS,
  jpeg,
  pdf,
  skeleton,
  storyAddress,
  storyFields,
  type Corpus,
  type Fields,
  type StoryKind,
} from "../support/corpus.ts";

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Draft {
  kind: StoryKind;
  slug: string;
  year: string;
  fields: Fields;
  body: string;
  beside: Map<string, Uint8Array>;
}

const COLOURS = ["red", "green", "blue", "orange", "purple"];
/** Few names, so that a new story comes to stand where another one stood. */
const NAMES = Array.from({ length: 60 }, (_, index) => `chuyen-${index}`);
const DAY = 86_400_000;

export class Office {
  readonly corpus: Corpus = skeleton();
  readonly #random: () => number;
  readonly #stories: Draft[] = [];
  readonly #terms: Record<keyof typeof TERMS, string[]> = {
    movements: [...TERMS.movements],
    fields: [...TERMS.fields],
    groups: [...TERMS.groups],
    communes: [...TERMS.communes],
  };
  readonly #recipients = ["xom"];
  #now = Date.parse("2026-11-23T01:00:00Z");
  #count = 0;

  private constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  /** An office with stories of every kind, most of them news. */
  static async open(seed: number): Promise<Office> {
    const office = new Office(seed);
    for (let index = 0; index < 52; index++)
      await office.#add(
        index < 44 ? "news" : index < 49 ? "models" : undefined,
      );
    for (const story of office.#stories.slice(0, 3)) {
      story.fields.status = "withdrawn";
      story.fields.withdrawal = { at: "2026-11-22T08:00:00Z", reason: "Gỡ" };
      office.#save(story);
    }
    for (const story of office.#stories.slice(-2)) {
      story.fields.publishedAt = "2026-01-05T08:00:00+07:00";
      story.fields.expiresAt = "2026-11-22T08:00:00Z";
      office.#save(story);
    }
    return office;
  }

  /** The clock's hand, as `BUILD_NOW` takes it. */
  get now(): string {
    return new Date(this.#now).toISOString();
  }

  /** Does one thing, and says what. */
  async step(): Promise<string> {
    this.#count++;
    for (;;) {
      const done = await this.#pick(this.#steps).call(this);
      if (done) return done;
    }
  }

  /** What is done oftener stands here oftener. Each gives nothing when there was nothing to do it to. */
  readonly #steps: (() => Promise<string | undefined>)[] = [
    this.#add,
    this.#add,
    this.#addOne,
    this.#delete,
    this.#delete,
    this.#delete,
    this.#editWords,
    this.#editWords,
    this.#editWords,
    this.#rename,
    this.#rename,
    this.#moveYear,
    this.#withdraw,
    this.#withdraw,
    this.#publishAgain,
    this.#unpublish,
    this.#time,
    this.#time,
    this.#retag,
    this.#retag,
    this.#retag,
    this.#picture,
    this.#picture,
    this.#attach,
    this.#relate,
    this.#award,
    this.#touch,
    this.#term,
    this.#term,
    this.#newTerm,
    this.#dropTerm,
    this.#campaign,
    this.#site,
    this.#decision,
    this.#document,
    this.#page,
    this.#twin,
    this.#twin,
    this.#wait,
    this.#wait,
  ];

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!;
  }

  #some<T>(list: readonly T[]): T[] {
    return list.filter(() => this.#random() < 0.4);
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** An instant within four days of the clock's hand, to the minute. */
  #instantNear(): string {
    const minutes = Math.round((this.#random() - 0.5) * 8 * 24 * 60);
    return new Date(this.#now + minutes * 60_000).toISOString();
  }

  #words(what: string): string {
    return `${what} lần thứ ${this.#count}-${Math.floor(this.#random() * 1000)}: xóm Ví Dụ & “bạn” <làm> đường`;
  }

  #day(): string {
    return `2026-${this.#pick(["01", "06", "11"])}-${this.#pick(["05", "15", "25"])}`;
  }

  #story(): Draft | undefined {
    return this.#pick(this.#stories);
  }

  #save(story: Draft): void {
    const folder = folderOf(story);
    if (this.corpus.has(folder)) this.corpus.remove(folder);
    this.corpus.text(`${folder}/index.mdx`, story.fields, story.body);
    for (const [name, bytes] of story.beside)
      this.corpus.write(`${folder}/${name}`, bytes);
  }

  /** Sees to it that no story claims an address that another now has. */
  #freeAddress(address: string): void {
    for (const story of this.#stories) {
      const old = (story.fields.oldAddresses ?? []) as string[];
      if (!old.includes(address)) continue;
      story.fields.oldAddresses = old.filter((other) => other !== address);
      this.#save(story);
    }
  }

  #freeName(kind: StoryKind): string | undefined {
    const taken = new Set(
      this.#stories
        .filter((story) => story.kind === kind)
        .map(({ slug }) => slug),
    );
    const free = NAMES.filter((name) => !taken.has(name));
    return free.length ? this.#pick(free) : undefined;
  }

  async #add(given?: StoryKind): Promise<string | undefined> {
    const kind = given ?? this.#pick([...STORY_KINDS, "news", "news"] as const);
    const slug = this.#freeName(kind);
    if (!slug) return undefined;
    const story: Draft = {
      kind,
      slug,
      year: "2026",
      fields: {
        ...storyFields(kind),
        title: this.#words("Bài mới"),
        publishedAt: new Date(
          this.#now - Math.ceil(this.#random() * 300) * DAY,
        ).toISOString(),
        ...(this.#chance(0.5) ? { eventDate: this.#day() } : {}),
      },
      body: this.#body(),
      beside: new Map(),
    };
    this.#setTerms(story);
    this.#freeAddress(`/${storyAddress(kind, slug)}`);
    this.#stories.push(story);
    if (this.#chance(0.15)) await this.#illustrate(story);
    this.#save(story);
    return `add ${kind}/${slug}`;
  }

  #addOne(): Promise<string | undefined> {
    return this.#add();
  }

  #body(): string {
    const headings = Array.from(
      { length: Math.floor(this.#random() * 5) },
      (_, index) =>
        `## Phần ${index + 1}\n\n${this.#words("Đoạn").replaceAll("<", "\\<")}.`,
    );
    return [
      `Mở đầu ${this.#count}, xem [các mô hình](/mo-hinh/).`,
      ...headings,
    ].join("\n\n");
  }

  #setTerms({ fields }: Draft): void {
    fields.movements = this.#some(this.#terms.movements);
    fields.fields = this.#some(this.#terms.fields);
    fields.communes = this.#some(this.#terms.communes);
    // One movement holds nearly everything, so that its list has pages too.
    if (this.#chance(0.9) && this.#terms.movements.includes("lam-duong"))
      fields.movements = [
        ...new Set(["lam-duong", ...(fields.movements as string[])]),
      ];
    fields.group = this.#chance(0.5)
      ? this.#pick(this.#terms.groups)
      : undefined;
    fields.campaign = this.#chance(0.5) ? CAMPAIGN : undefined;
    fields.contents = fields.campaign ? this.#some(["II.1", "II.2"]) : [];
    fields.unit = this.#chance(0.3) ? "so-vi-du" : undefined;
  }

  async #delete(): Promise<string | undefined> {
    const story = this.#story();
    if (!story || this.#stories.length < 20) return undefined;
    this.#stories.splice(this.#stories.indexOf(story), 1);
    this.corpus.remove(folderOf(story));
    this.#relink(idOf(story), undefined);
    return `delete ${idOf(story)}`;
  }

  /** Leads other stories' relations on to where a story now is. */
  #relink(from: string, to: string | undefined): void {
    for (const other of this.#stories) {
      const related = (other.fields.related ?? []) as string[];
      if (!related.includes(from)) continue;
      other.fields.related = related.flatMap((id) =>
        id === from ? (to ?? []) : id,
      );
      this.#save(other);
    }
  }

  async #editWords(): Promise<string | undefined> {
    const story = this.#story();
    if (!story) return undefined;
    const field = this.#pick([
      "title",
      "summary",
      "body",
      "changes",
      "byline",
      "results",
      "method",
      "eventDate",
    ] as const);
    const { fields } = story;
    if (field === "body") story.body = this.#body();
    else if (field === "changes")
      fields.changes = [{ date: "2026-11-20", note: this.#words("Sửa") }];
    else if (field === "eventDate")
      fields.eventDate = this.#pick([this.#day(), "2026", undefined]);
    else if (field === "results" || field === "method") {
      if (story.kind !== "models") return undefined;
      fields[field] =
        field === "results"
          ? [
              {
                label: this.#words("Số hộ"),
                value: `${this.#count}`,
                unit: "hộ",
              },
            ]
          : [{ title: this.#words("Bước"), text: this.#words("Họp") }];
    } else fields[field] = this.#words(field);
    this.#save(story);
    return `edit ${field} of ${idOf(story)}`;
  }

  async #rename(): Promise<string | undefined> {
    const story = this.#story();
    const slug = story && this.#freeName(story.kind);
    if (!story || !slug) return undefined;
    const before = idOf(story);
    const old = `/${storyAddress(story.kind, story.slug)}`;
    this.corpus.remove(folderOf(story));
    story.slug = slug;
    const now = `/${storyAddress(story.kind, slug)}`;
    this.#freeAddress(now);
    story.fields.oldAddresses = this.#chance(0.8)
      ? [
          ...new Set([...((story.fields.oldAddresses ?? []) as string[]), old]),
        ].filter((address) => address !== now)
      : [];
    this.#save(story);
    this.#relink(before, idOf(story));
    return `rename ${before} to ${idOf(story)}`;
  }

  async #moveYear(): Promise<string | undefined> {
    const story = this.#story();
    if (!story) return undefined;
    this.corpus.remove(folderOf(story));
    story.year = story.year === "2026" ? "2025" : "2026";
    this.#save(story);
    return `move ${idOf(story)} to ${story.year}`;
  }

  async #withdraw(): Promise<string | undefined> {
    const story = this.#story();
    if (!story || story.fields.status !== "published") return undefined;
    story.fields.status = "withdrawn";
    story.fields.withdrawal = {
      at: this.#chance(0.7) ? "2026-11-22T08:00:00+07:00" : this.#instantNear(),
      reason: this.#words("Gỡ"),
    };
    this.#save(story);
    return `withdraw ${idOf(story)}`;
  }

  async #publishAgain(): Promise<string | undefined> {
    const story = this.#stories.find(
      ({ fields }) => fields.status !== "published",
    );
    if (!story) return undefined;
    story.fields.status = "published";
    delete story.fields.withdrawal;
    this.#save(story);
    return `publish ${idOf(story)} again`;
  }

  async #unpublish(): Promise<string | undefined> {
    const story = this.#story();
    if (!story || story.fields.status !== "published") return undefined;
    story.fields.status = "draft";
    this.#save(story);
    return `make a draft of ${idOf(story)}`;
  }

  async #time(): Promise<string | undefined> {
    const story = this.#story();
    if (!story) return undefined;
    const { fields } = story;
    const field = this.#pick([
      "publishedAt",
      "embargoUntil",
      "expiresAt",
      "none",
    ] as const);
    delete fields.embargoUntil;
    delete fields.expiresAt;
    if (field !== "none") fields[field] = this.#instantNear();
    if (
      field === "expiresAt" &&
      Date.parse(String(fields.expiresAt)) <=
        Date.parse(String(fields.publishedAt))
    )
      fields.publishedAt = "2026-01-05T08:00:00+07:00";
    this.#save(story);
    return `set ${field} of ${idOf(story)}`;
  }

  async #retag(): Promise<string | undefined> {
    const story = this.#story();
    if (!story) return undefined;
    this.#setTerms(story);
    this.#save(story);
    return `retag ${idOf(story)}`;
  }

  async #illustrate(story: Draft): Promise<void> {
    const shown = (src: string) => ({
      src,
      alt: "Bà con đổ bê tông đường nội đồng",
      caption: this.#words("Chú thích"),
      credit: this.#pick(["Nguyễn Văn Ví Dụ", "Tổ ảnh Ví Dụ"]),
    });
    story.beside.set("bia.jpg", await jpeg(this.#pick(COLOURS)));
    story.fields.cover = shown("bia.jpg");
    if (!this.#chance(0.5)) return;
    story.beside.set("trong-bai.jpg", await jpeg(this.#pick(COLOURS), 60));
    story.body += `\n\n![Bà con đổ bê tông đường xóm](trong-bai.jpg "Ảnh ${this.#count}")`;
  }

  async #picture(): Promise<string | undefined> {
    const story = this.#story();
    if (!story) return undefined;
    if (story.beside.has("bia.jpg") && this.#chance(0.4)) {
      story.beside.clear();
      delete story.fields.cover;
      delete story.fields.attachments;
      story.body = this.#body();
      this.#save(story);
      return `take the pictures out of ${idOf(story)}`;
    }
    story.body = this.#body();
    story.beside.delete("trong-bai.jpg");
    await this.#illustrate(story);
    this.#save(story);
    return `illustrate ${idOf(story)}`;
  }

  async #attach(): Promise<string | undefined> {
    const story = this.#story();
    if (!story || story.kind !== "news") return undefined;
    if (story.beside.delete("so-lieu.pdf") && this.#chance(0.5))
      delete story.fields.attachments;
    else {
      story.beside.set("so-lieu.pdf", pdf(this.#words("Số liệu")));
      story.fields.attachments = [
        { title: this.#words("Tệp"), src: "so-lieu.pdf" },
      ];
    }
    this.#save(story);
    return `change the attachment of ${idOf(story)}`;
  }

  async #relate(): Promise<string | undefined> {
    const [one, other] = [this.#story(), this.#story()];
    if (!one || !other || one === other) return undefined;
    one.fields.related = [idOf(other)];
    this.#save(one);
    return `relate ${idOf(one)} to ${idOf(other)}`;
  }

  async #award(): Promise<string | undefined> {
    const story = this.#story();
    if (!story) return undefined;
    story.fields.awards = story.fields.awards
      ? undefined
      : [
          {
            decision: "khen-xom-vi-du",
            recipient: this.#pick(this.#recipients),
          },
        ];
    this.#save(story);
    return `award ${idOf(story)}, or not`;
  }

  /** The same bytes written again. */
  async #touch(): Promise<string | undefined> {
    const story = this.#story();
    if (!story) return undefined;
    this.#save(story);
    return `write ${idOf(story)} again as it is`;
  }

  #termFields(kind: keyof typeof TERMS): Fields {
    const order = Math.floor(this.#random() * 20);
    switch (kind) {
      case "communes":
        return {
          title: `Ví Dụ ${this.#count}`,
          type: this.#pick(["xa", "phuong"]),
          code: "01234",
          formerUnits: [this.#words("Xã")],
        };
      case "movements":
        return {
          title: this.#words("Phong trào"),
          type: this.#pick(["named", "theme"]),
          campaign: this.#chance(0.5) ? CAMPAIGN : undefined,
          order,
        };
      default:
        return {
          title: this.#words("Mục"),
          summary: this.#chance(0.5) ? this.#words("Nói về") : undefined,
          order,
        };
    }
  }

  #termKind(): keyof typeof TERMS {
    return this.#pick(["movements", "fields", "groups", "communes"] as const);
  }

  async #term(): Promise<string | undefined> {
    const kind = this.#termKind();
    const slug = this.#pick(this.#terms[kind]);
    this.corpus.data(`taxonomy/${kind}/${slug}.yaml`, this.#termFields(kind));
    return `edit ${kind}/${slug}`;
  }

  async #newTerm(): Promise<string | undefined> {
    const kind = this.#termKind();
    const slug = `muc-${this.#count % 7}`;
    if (this.#terms[kind].includes(slug)) return undefined;
    this.#terms[kind].push(slug);
    this.corpus.data(`taxonomy/${kind}/${slug}.yaml`, this.#termFields(kind));
    return `add ${kind}/${slug}`;
  }

  async #dropTerm(): Promise<string | undefined> {
    const kind = this.#termKind();
    const slug = this.#pick(this.#terms[kind]);
    // The campaign's criteria name this group.
    if (this.#terms[kind].length < 2 || slug === "tap-the") return undefined;
    this.#terms[kind].splice(this.#terms[kind].indexOf(slug), 1);
    this.corpus.remove(`taxonomy/${kind}/${slug}.yaml`);
    for (const story of this.#stories) {
      const { fields } = story;
      if (kind === "groups") {
        if (fields.group !== slug) continue;
        delete fields.group;
      } else {
        const terms = (fields[kind] ?? []) as string[];
        if (!terms.includes(slug)) continue;
        fields[kind] = terms.filter((term) => term !== slug);
      }
      this.#save(story);
    }
    return `drop ${kind}/${slug}`;
  }

  async #campaign(): Promise<string | undefined> {
    this.corpus.text(
      `campaigns/${CAMPAIGN}/index.mdx`,
      {
        ...CAMPAIGN_FIELDS,
        title: this.#words("Đợt thi đua"),
        shortTitle: this.#pick(["Đợt ngắn", "Đợt thi đua ví dụ"]),
        endDate: this.#pick(["2026-11-24", "2026-12-31", undefined]),
        timeline: [{ date: "2026-11", title: this.#words("Mốc") }],
      },
      this.#body(),
    );
    return "edit the campaign";
  }

  async #site(): Promise<string | undefined> {
    this.corpus.data("site.yaml", {
      ...SITE_FIELDS,
      tagline: this.#words("Khẩu hiệu"),
      campaign: this.#chance(0.7) ? CAMPAIGN : undefined,
      ...(this.#chance(0.4)
        ? {
            official: true,
            publisher: {
              name: "Tỉnh Ví Dụ",
              decision: "Quyết định 1/QĐ-VD",
              responsible: "Nguyễn Văn Ví Dụ",
            },
          }
        : {}),
    });
    return "edit site.yaml";
  }

  async #decision(): Promise<string | undefined> {
    const revoked = this.#chance(0.5);
    this.corpus.data("decisions/2026/khen-xom-vi-du.yaml", {
      number: `${this.#count}/QĐ-VD`,
      date: "2026-10-20",
      form: "bang-khen",
      recipients: this.#recipients.map((id) => ({
        id,
        name: this.#words("Xóm"),
        subjectType: "residential-community",
      })),
      status: revoked ? "revoked" : "valid",
      revokedOn: revoked ? "2026-11-20" : undefined,
    });
    this.corpus.data("taxonomy/award-forms/bang-khen.yaml", {
      title: this.#words("Bằng khen"),
      level: this.#pick(["province", "commune"]),
    });
    return "edit the decision and its form";
  }

  async #document(): Promise<string | undefined> {
    this.corpus.text(
      "documents/huong-dan-vi-du/index.mdx",
      {
        title: this.#words("Hướng dẫn"),
        number: "13/HD-VD",
        type: "guideline",
        issuer: "Tỉnh Ví Dụ",
        summary: this.#words("Hướng dẫn bình xét trong đợt thi đua ví dụ"),
        file: "huong-dan.pdf",
        verified: this.#chance(0.6),
      },
      this.#body(),
    );
    this.corpus.write(
      "documents/huong-dan-vi-du/huong-dan.pdf",
      pdf(this.#words("Hướng dẫn")),
    );
    return "edit a document";
  }

  /** A campaign or document of the same day as another, which only its name can put in its place. */
  async #twin(): Promise<string | undefined> {
    const name = `${this.#pick(["a", "k", "z"])}-cung-ngay`;
    const kind = this.#pick(["campaigns", "documents"] as const);
    const folder = `${kind}/${name}`;
    if (this.corpus.has(folder)) {
      this.corpus.remove(folder);
      return `delete ${folder}`;
    }
    this.corpus.text(
      `${folder}/index.mdx`,
      kind === "campaigns"
        ? { ...CAMPAIGN_FIELDS, title: this.#words("Đợt"), shortTitle: name }
        : {
            title: this.#words("Kế hoạch"),
            number: name,
            type: "plan",
            issuer: "Tỉnh Ví Dụ",
            date: "2026-09-20",
            summary: this.#words("Kế hoạch cùng ngày với kế hoạch khác"),
            verified: true,
          },
    );
    return `add ${folder}`;
  }

  async #page(): Promise<string | undefined> {
    const file = "pages/lien-he/index.mdx";
    if (this.corpus.has(file) && this.#chance(0.5)) {
      this.corpus.remove("pages/lien-he");
      return "delete a page";
    }
    this.corpus.text(
      file,
      { title: "Liên hệ", summary: this.#words("Liên hệ"), order: 1 },
      this.#body(),
    );
    return "write a page";
  }

  async #wait(): Promise<string | undefined> {
    this.#now += Math.ceil(this.#random() * 36) * 3_600_000;
    return `wait until ${this.now}`;
  }
}

const idOf = ({ kind, slug }: Draft): string => `${kind}/${slug}`;
const folderOf = ({ kind, year, slug }: Draft): string =>
  `${kind}/${year}/${slug}`;
