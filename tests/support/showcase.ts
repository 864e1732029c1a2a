/** A content folder in which every kind of page and every block is to be seen. */
import {
  CAMPAIGN,
  TERMS,
  jpeg,
  pdf,
  skeleton,
  type Corpus,
  type Fields,
} from "./corpus.ts";
import { PAGE_SIZE } from "../../src/stories/pagination.ts";
import { vietnameseWords } from "./words.ts";

/** Everything that Markdown and the blocks offer, with the files it needs beside it. */
export const RICH_BODY = `Mở đầu có **chữ đậm**, *chữ nghiêng*, ~~chữ bỏ~~, \`mã\`, dấu \\< và \\{ngoặc\\}.[^1]

## Trước khi làm

Xem [các mô hình](/mo-hinh/), [trang của tỉnh](https://vidu.example/duong), [viết thư](mailto:duong@vidu.example)
và [số liệu](so-lieu.pdf). Ảnh ![Con đường đất trơn trượt ngày mưa](truoc.jpg "Nguyễn Văn Ví Dụ") ở giữa dòng.

![Bà con đổ bê tông đường nội đồng](lam.jpg "Tổ ảnh Ví Dụ")

> Đường mới, ruộng mới.

### Ai cũng góp

1. Họp xóm
2. Chia việc
   - tổ một
   - tổ hai

- [x] Xong đoạn một
- [ ] Đoạn hai

| Đoạn | Dài (m) | Xong |
| :--- | ---: | :---: |
| Cổng xóm đến nhà văn hóa | 120 | có |
| Nhà văn hóa đến đồng | 1.250 | chưa |

<KeyFigures title="Sau một năm">
<KeyFigure value="7,5" unit="ha" label="Ruộng có đường vào" before="2" />
<KeyFigure value="96" unit="%" label="Nhà góp công" />
</KeyFigures>

## Làm thế nào

<Steps title="Ba bước">
<Step title="Họp">
Họp cả xóm.
</Step>
<Step>
Làm.[^2]
</Step>
</Steps>

<Quote who="Nguyễn Văn Ví Dụ" role="Trưởng xóm">
Làm được đến đâu, ghi đến đấy.
</Quote>

<Figure src="sau.jpg" alt="Đường bê tông chạy giữa ruộng lúa" caption="Đường xóm, tháng 10/2026" credit="Tổ ảnh Ví Dụ" licence="cc-by-4.0" />

<Gallery title="Trước và sau">
<Photo src="truoc.jpg" alt="Con đường đất trơn trượt ngày mưa" credit="Nguyễn Văn Ví Dụ" />
<Photo src="sau.jpg" alt="Đường bê tông chạy giữa ruộng lúa" credit="Nguyễn Văn Ví Dụ" />
</Gallery>

<Video href="https://video.example/xem/1" title="Một ngày làm đường" publisher="Đài Ví Dụ" />

<Callout type="tip" title="Giữ đường">
Mỗi tháng dọn cỏ một lần.
</Callout>

<Facts title="Tóm tắt">
<Fact label="Nơi làm">Xóm Ví Dụ</Fact>
<Fact label="Bắt đầu">Năm **2024**</Fact>
</Facts>

<Document src="so-lieu.pdf" title="Số liệu từng nhà" />

## Trước khi làm

Tiêu đề lặp lại.

## Còn lại

\`\`\`
mã nhiều dòng <không chạy>
\`\`\`

---

### Rồi sao?

Hết.

[^1]: Chú thích một, có [liên kết](https://vidu.example/1).

[^2]: Chú thích hai.`;

/** The files that `RICH_BODY` shows. */
export async function richFiles(): Promise<Record<string, Uint8Array>> {
  return {
    "truoc.jpg": await jpeg("brown", 1600, 900),
    "lam.jpg": await jpeg("grey", 700, 900),
    "sau.jpg": await jpeg("green", 300, 200),
    "so-lieu.pdf": pdf("số liệu"),
  };
}

export const OFFICIAL: Fields = {
  official: true,
  publisher: {
    name: "Ban Thi đua tỉnh Ví Dụ",
    decision: "Quyết định 7/QĐ-VD ngày 01/6/2026",
    decisionDate: "2026-06-01",
    responsible: "Bà Trần Thị Ví Dụ",
    address: "Số 1 phố Ví Dụ",
    phone: "0123 456 789",
    email: "banthidua@vidu.example",
  },
};

export const THEME: Fields = {
  theme: {
    light: {
      paper: "#ffffff",
      ink: "#111111",
      mute: "#555555",
      line: "#dddddd",
      accent: "#0b4f9c",
      figure: "#0b5d3b",
    },
    dark: {
      paper: "#101418",
      ink: "#f0f0f0",
      mute: "#b0b0b0",
      line: "#333333",
      accent: "#8fc0ff",
      figure: "#8fd9b0",
    },
  },
};

/** Enough news for numbered list pages, and one of everything else. */
export async function showcase(site: Fields = {}): Promise<Corpus> {
  const corpus = skeleton(site);
  const files = await richFiles();
  const photo = (src: string) => ({
    src,
    alt: "Bà con đổ bê tông đường nội đồng",
    caption: "Đường xóm",
    credit: "Tổ ảnh Ví Dụ",
    licence: "cc-by-sa-4.0",
  });
  for (let number = 1; number <= 43; number++)
    corpus.story("news", `tin-${String(number).padStart(2, "0")}`, {
      title: `Tin số ${number} của xóm Ví Dụ về việc làm đường`,
      publishedAt: `2026-10-${String(1 + (number % 28)).padStart(2, "0")}T08:00:00+07:00`,
      movements: ["lam-duong"],
      communes: number % 3 ? ["ban-mai"] : [],
      campaign: CAMPAIGN,
      contents: number % 2 ? ["II.1"] : [],
    });
  corpus.story(
    "models",
    "mo-hinh-day-du",
    {
      title: "Xóm Ví Dụ làm đường nội đồng, mỗi nhà một việc, một năm xong",
      byline: "Trần Thị Ví Dụ",
      unit: "so-vi-du",
      eventDate: "2026-10-08/2026-10-10",
      campaign: CAMPAIGN,
      contents: ["II.1", "II.2"],
      movements: TERMS.movements,
      group: "tap-the",
      subjectType: "residential-community",
      fields: ["ha-tang", "nong-nghiep"],
      communes: ["ban-mai", "doi-che"],
      problem: "Đường đất, mưa xuống là không đi được.",
      method: [
        { title: "Họp", text: "Họp cả xóm, ghi biên bản." },
        { title: "Làm", text: "Mỗi tổ một đoạn." },
      ],
      results: [
        {
          label: "Đường bê tông",
          value: "1.250",
          unit: "m",
          before: "0",
          asOf: "2026-10",
        },
        { label: "Nhà góp đất", value: "31" },
      ],
      conditions: "Cả xóm cùng bàn.",
      cost: "Khoảng 200 triệu đồng.",
      contact: {
        name: "Nguyễn Văn Ví Dụ",
        role: "trưởng xóm",
        email: "xom@vidu.example",
      },
      spread: [{ place: "Xóm Bên", commune: "doi-che", since: "2026-08" }],
      awards: [{ decision: "khen-xom-vi-du", recipient: "xom" }],
      recognition: [
        { title: "Giải ba hội thi", issuer: "Hội Ví Dụ", year: "2026" },
      ],
      related: ["news/tin-01"],
      changes: [{ date: "2026-11-10", note: "Sửa số mét đường." }],
      sources: [
        {
          publisher: "Báo Ví Dụ",
          title: "Đường mới",
          date: "2026-10-12",
          url: "https://vidu.example/bao",
        },
        { publisher: "Xóm Ví Dụ" },
      ],
      cover: photo("truoc.jpg"),
      gallery: [photo("lam.jpg"), photo("sau.jpg")],
      oldAddresses: ["/mo-hinh/ten-cu/", "/bai/2024/duong-xom/"],
    },
    RICH_BODY,
    files,
  );
  corpus.story("models", "mo-hinh-gon");
  corpus.story("role-models", "chi-vi-du", {
    title: "Chị Ví Dụ mười năm dạy bà con dùng máy tính ở nhà văn hóa",
    name: "Chị Trần Thị Ví Dụ",
    role: "giáo viên",
    occupation: "public-employee",
    subjectType: "person",
    consent: { basis: "written", papers: "Ký ngày 01/10/2026" },
    group: "ca-nhan",
    communes: ["song-cau"],
    movements: ["hoc-so"],
    fields: ["so-hoa"],
  });
  corpus.story(
    "news",
    "tin-co-tep",
    {
      title: "Tin có tài liệu kèm theo và văn bản nói đến ở xóm Ví Dụ",
      category: "direction",
      documents: ["ke-hoach-vi-du"],
      attachments: [{ title: "Số liệu", src: "so-lieu.pdf" }],
    },
    undefined,
    { "so-lieu.pdf": pdf("số liệu") },
  );
  corpus.story("news", "tin-da-go", {
    title: "Tin đã gỡ",
    status: "withdrawn",
    withdrawal: {
      at: "2026-11-10T23:30:00+07:00",
      reason: "Theo đề nghị của người trong bài.",
    },
  });
  corpus.story("news", "tin-het-han", {
    title: "Tin hết hạn",
    expiresAt: "2026-11-15T00:00:00+07:00",
  });
  return corpus;
}

/** A title of the letters that reach highest and lowest, long enough for several lines on any screen. */
export const TALL_TITLE =
  "Ấp Ẫm Ự Ỹ Ộ: tổ ẤẪỰỸỘ làm đường, dạy nghề, giữ rừng, gây quỹ và trồng một nghìn cây ở Ộ Ỹ Ẵ Ậ";

/** How many words the longest story has whose page has to keep within the bar. */
export const MOST_WORDS = 2500;

/**
 * The showcase and what is extreme: the fullest front page a list can have, a story of 2,500 words with tables,
 * figures and footnotes, one of many photographs, letters with two marks in every heading.
 */
export async function everything(site: Fields = {}): Promise<Corpus> {
  const corpus = await showcase(site);
  const words = vietnameseWords();
  const sentence = (from: number, count: number): string => {
    const text = words.slice(from, from + count).join(" ");
    return text[0]!.toUpperCase() + text.slice(1).replace(/[,.;:]$/, "");
  };
  const photo = (src: string, alt: string) => ({
    src,
    alt,
    caption: `${alt}, tháng 10/2026`,
    credit: "Tổ ảnh Ví Dụ",
    licence: "cc-by-4.0",
  });

  corpus.story(
    "models",
    "mo-hinh-dai",
    {
      title: TALL_TITLE,
      summary: `${sentence(2600, 55)}.`,
      owner: "Tổ hợp tác Ấ Ẫ Ự Ỹ Ộ",
      fields: ["nong-nghiep", "ha-tang"],
      communes: ["ban-mai"],
      movements: ["lam-duong"],
      group: "tap-the",
      results: [
        {
          label: sentence(2700, 8),
          value: "1.250",
          unit: "m",
          before: "0",
        },
        { label: sentence(2710, 8), value: "gần 800", unit: "hộ" },
        { label: sentence(2720, 8), value: "96", unit: "%", before: "81,5" },
      ],
      method: [0, 1, 2, 3].map((step) => ({
        title: sentence(2800 + step * 40, 5),
        text: `${sentence(2806 + step * 40, 30)}.`,
      })),
      sources: [0, 1, 2].map((source) => ({
        publisher: "Báo Ví Dụ",
        title: sentence(3000 + source * 10, 10),
        date: "2026-10-12",
        url: `https://vidu.example/bao/${source}`,
      })),
    },
    longBody(sentence),
    { "lam.jpg": await jpeg("grey", 700, 900) },
  );

  const colours = ["olive", "navy", "teal", "maroon", "purple", "orange"];
  const shots = [...colours, ...colours].map((colour, index) => ({
    colour,
    src: `anh-${index + 1}.jpg`,
    width: index % 3 ? 600 : 400,
    height: index % 3 ? 400 : 600,
  }));
  corpus.story(
    "role-models",
    "nhieu-anh",
    {
      title: "Bà Ẫm Thị Ví Dụ ba mươi năm chụp ảnh làng và đi khắp các xóm",
      name: "Bà Ẫm Thị Ví Dụ",
      role: "người chụp ảnh",
      occupation: "artisan",
      subjectType: "person",
      consent: { basis: "written", papers: "Ký ngày 01/10/2026" },
      group: "ca-nhan",
      communes: ["doi-che"],
      fields: ["so-hoa"],
      cover: photo("anh-1.jpg", "Bà Ẫm đứng trước nhà văn hóa"),
      gallery: shots
        .slice(1)
        .map(({ src }, index) =>
          photo(src, `Xóm thứ ${index + 1} sau mùa gặt`),
        ),
    },
    undefined,
    Object.fromEntries(
      await Promise.all(
        shots.map(
          async ({ src, colour, width, height }) =>
            [src, await jpeg(colour, width, height)] as const,
        ),
      ),
    ),
  );

  // The front page of a list holds fewer than two full pages: these make it one story short of that.
  for (let number = 1; number <= 2 * PAGE_SIZE - 1 - 3; number++)
    corpus.story("models", `mo-hinh-${number}`, {
      title: sentence(number * 97, 16),
      summary: `${sentence(number * 97 + 16, 50)}.`,
      owner: "Xóm Ví Dụ",
      publishedAt: `2026-09-${String(1 + (number % 28)).padStart(2, "0")}T08:00:00+07:00`,
      subjectType: "cooperative",
      communes: [TERMS.communes[number % 2]],
      fields: [TERMS.fields[number % 3]],
      results: [1, 2].map((result) => ({
        label: sentence(number * 97 + 70 + result * 9, 8),
        value: `${number},${result}`,
        unit: "triệu đồng",
      })),
    });
  return corpus;
}

/** About 2,500 words of text in which everything stands that makes a page heavy. */
function longBody(sentence: (from: number, count: number) => string): string {
  const paragraph = (from: number) => `${sentence(from, 118)}.`;
  const part = (index: number): string => {
    const from = index * 250;
    return [
      `## Ấ Ẫ Ự Ỹ Ộ: ${sentence(from, 6)}`,
      paragraph(from + 6) + (index < 5 ? `[^${index + 1}]` : ""),
      index % 3 === 1 ? `### Ỹ Ộ Ẫ: ${sentence(from + 120, 5)}` : "",
      index % 4 === 2
        ? `| Năm | Việc | Số |\n| --- | --- | ---: |\n${[0, 1, 2, 3].map((row) => `| ${2020 + row} | ${sentence(from + row * 9, 8)} | ${row * 37},5 |`).join("\n")}`
        : "",
      index === 3
        ? `<Figure src="lam.jpg" alt="Bà con đổ bê tông đường nội đồng" credit="Tổ ảnh Ví Dụ" />`
        : "",
      index === 5
        ? `<KeyFigures title="Sau một năm">\n<KeyFigure value="7,5" unit="ha" label="Ruộng có đường vào" before="2" />\n<KeyFigure value="96" unit="%" label="Nhà góp công" />\n</KeyFigures>`
        : "",
      index === 7
        ? `<Quote who="Nguyễn Văn Ví Dụ" role="Trưởng xóm">\n${sentence(from, 25)}.\n</Quote>`
        : "",
      paragraph(from + 125),
    ]
      .filter(Boolean)
      .join("\n\n");
  };
  const notes = [0, 1, 2, 3, 4].map(
    (note) =>
      `[^${note + 1}]: ${sentence(2500 + note * 12, 12)}, [nơi đăng](https://vidu.example/${note}).`,
  );
  return [
    ...Array.from({ length: 9 }, (_, index) => part(index)),
    ...notes,
  ].join("\n\n");
}
