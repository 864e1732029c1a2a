/** Whether a message is one that a Vietnamese editor can read. */
import { expect } from "vitest";
import type { Finding } from "../../src/schema/problem.ts";

/** English and code that validators and parsers say; «…» quotes what the editor wrote and is left out. */
const FOREIGN =
  /\b(?:expected|invalid|received|input|string|number|boolean|object|array|undefined|null|NaN|error|unexpected|must|required|failed|match|pattern|regex|line|column|too|unrecognized|key|value|option|character|token|parse|ENOENT|EACCES)\b/i;

/** The words that a remedy may have to spell out. */
const SPELT =
  /https?:\/\/\S*|<\/?[A-Z]\w*[^>]*>|\b(?:import|export|true|false|null)\b/g;

/** An option as it is written in the file, before its label. */
const OPTION = /[\w.-]+ \(/g;

export const inVietnamese = (text: string): string =>
  text
    .replace(/«[^»]*»/g, "")
    .replace(SPELT, "")
    .replace(OPTION, "(");

/** Asserts that a finding is told in Vietnamese: what was found as a phrase, the remedy as sentences. */
export function expectVietnamese({ found, remedy, field = "" }: Finding): void {
  expect(found).toMatch(/[à-ỹđ]/i);
  expect(found).not.toMatch(/\.$/);
  expect(remedy).toMatch(/^[\p{Lu}\d]/u);
  expect(remedy).toMatch(/[.?!…)]$/);
  for (const text of [found, remedy, field])
    expect(inVietnamese(text), text).not.toMatch(FOREIGN);
}
