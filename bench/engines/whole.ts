/** Fetches an index that comes as one file. */
export async function fetchWhole(name: string): Promise<string> {
  const response = await fetch(`/whole/${name}.packed`);
  const stream = response.body!.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** Words without marks: what both libraries are given, as they are told to fold. */
export const folded = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();
