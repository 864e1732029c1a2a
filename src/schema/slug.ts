/**
 * Vietnamese text as an address part: NFC or NFD in, lower-case ASCII letters, digits and hyphens out.
 *
 * @param text any text
 * @returns for example "xa-dinh-hoa" for "Xã Định Hóa"; empty when nothing is left
 */
export function slugify(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
