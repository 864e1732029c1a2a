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
