/** Vietnamese text without its marks: "Xa Dinh Hoa" for "Xã Định Hóa". NFC or NFD in. */
export const unmarked = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("đ", "d")
    .replaceAll("Đ", "D");

/** Text without any mark, small: what two ways of writing a word have in common. */
export const bare = (text: string): string => unmarked(text).toLowerCase();

/**
 * Vietnamese text as an address part: NFC or NFD in, lower-case ASCII letters, digits and hyphens out.
 *
 * @param text any text
 * @returns for example "xa-dinh-hoa" for "Xã Định Hóa"; empty when nothing is left
 */
export function slugify(text: string): string {
  return bare(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
