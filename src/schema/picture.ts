import { z } from "zod";
import { ALWAYS, field, internal } from "./field.ts";
import { PICTURE_EXTENSIONS, fileBeside, line } from "./values.ts";

/** Words and phrases that alone tell a blind reader nothing. Compared without marks, case or digits. */
const EMPTY_WORDS = new Set(
  "anh buc hinh image img logo photo picture so tam".split(" "),
);
const EMPTY_PHRASES = /\b(?:anh bia|anh chup|minh hoa)\b/g;

/**
 * Whether an alternative text says what the picture shows, rather than "ảnh", "hình 1" or a file's name.
 *
 * @param alt the text an editor wrote
 */
export function saysSomething(alt: string): boolean {
  if (
    /\.(?:jpe?g|png|webp|avif|gif|heic)$/i.test(alt.trim()) ||
    /^(?:(?:img|dscf?|pxl|image|screenshot)[-_ ]?\d+|z\d{6})/i.test(alt.trim())
  )
    return false;
  return alt
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-zđ]+/g, " ")
    .replace(EMPTY_PHRASES, " ")
    .split(" ")
    .some((word) => word !== "" && !EMPTY_WORDS.has(word));
}

const LICENCES = {
  "all-rights": "Giữ mọi quyền, chỉ dùng trên trang này",
  "press-use": "Báo chí được dùng khi ghi tên người chụp",
  "cc-by-4.0": "CC BY 4.0",
  "cc-by-sa-4.0": "CC BY-SA 4.0",
  "public-domain": "Thuộc về công chúng",
} as const;

/** What every picture on the site says of itself, in front matter and in content blocks alike. */
export const pictureShape = {
  src: field(fileBeside(PICTURE_EXTENSIONS), {
    label: "Tệp ảnh",
    hint: "Ảnh chụp bằng điện thoại, máy ảnh: JPEG, PNG, WebP hoặc AVIF.",
    file: "picture",
    widget: "picture",
  }),
  alt: field(
    line().refine(saysSomething, {
      error:
        "Tả điều thấy trong ảnh, ví dụ «Bà con xóm Dứa đổ bê tông đường nội đồng».",
    }),
    {
      label: "Mô tả ảnh",
      hint: "Cho người không nhìn thấy ảnh: ai, đang làm gì, ở đâu.",
      advice: { min: 10, max: 160 },
    },
  ),
  caption: field(line().optional(), {
    label: "Chú thích ảnh",
    hint: "Một câu in dưới ảnh.",
  }),
  credit: field(line(), {
    label: "Người chụp",
    hint: "Tên người hoặc cơ quan chụp ảnh.",
  }),
  licence: field(
    z
      .enum(Object.keys(LICENCES) as [keyof typeof LICENCES])
      .default("all-rights"),
    {
      label: "Quyền dùng ảnh",
      hint: "Ai được dùng lại ảnh này.",
      options: LICENCES,
    },
  ),
};

export type Licence = keyof typeof LICENCES;

/** The licence's words for a reader. */
export const licenceLabel = (licence: Licence): string => LICENCES[licence];

/** Where a licence's terms are written, where everybody's are. */
const TERMS: Partial<Record<Licence, string>> = {
  "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
  "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
  "public-domain": "https://creativecommons.org/publicdomain/mark/1.0/",
};

/** The address that stands for a licence; nothing for one that is nobody else's. */
export const licenceTerms = (licence: Licence): string | undefined =>
  TERMS[licence];

/** The same in a reader's words, where Creative Commons has some in Vietnamese. */
export const licenceDeed = (licence: Licence): string | undefined =>
  licence.startsWith("cc-") ? `${TERMS[licence]}deed.vi` : undefined;

/** Whether others may use a picture without asking, as long as they say who made it. */
export const maySpread = (licence: Licence): boolean =>
  licence !== "all-rights";

/** A picture beside the story, with what must be known of it before it may be shown. */
export const picture = z
  .strictObject({
    ...pictureShape,
    showsChildren: field(z.boolean().default(false), {
      label: "Trong ảnh có trẻ em",
      hint: "Bật khi nhận ra được người dưới 16 tuổi trong ảnh.",
    }),
    consent: internal(line().optional(), {
      label: "Sự đồng ý của người trong ảnh",
      hint: "Ai đồng ý, khi nào, giấy tờ để ở đâu. Với trẻ em: của em và của cha mẹ hoặc người giám hộ.",
    }),
  })
  .refine((value) => value.showsChildren !== true || value.consent, {
    ...ALWAYS,
    path: ["consent"],
    error:
      "Ảnh có trẻ em: ghi sự đồng ý của em và của cha mẹ hoặc người giám hộ, hoặc bỏ ảnh.",
  });
