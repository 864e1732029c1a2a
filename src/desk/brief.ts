/** What lists and choices show of an entry, from its text alone. Runs in the browser too, where there is no desk. */
import { splitSource } from "../judge/parts.ts";
import { parseYaml } from "../judge/yaml.ts";
import { isRecord } from "../schema/field.ts";
import type { Brief } from "./room.ts";

/** The fields as they are written, unchecked; none where they cannot be read. */
export function fieldsOf(text: string, file: string): Record<string, unknown> {
  const parts = splitSource(text, file);
  const yaml = "finding" in parts ? parts : parseYaml(parts.front);
  return "data" in yaml && isRecord(yaml.data) ? yaml.data : {};
}

/** Only what is text: nobody has checked these fields. */
export function briefOf(fields: Record<string, unknown>): Omit<Brief, "id"> {
  const { title, type, number, formerUnits, recipients } = fields;
  const texts = Object.entries({ title, type, number }).filter(
    ([, value]) => typeof value === "string",
  );
  const first: unknown = Array.isArray(recipients) ? recipients[0] : undefined;
  return {
    ...Object.fromEntries(texts),
    ...(Array.isArray(formerUnits)
      ? { formerUnits: formerUnits.filter((one) => typeof one === "string") }
      : {}),
    ...(isRecord(first) && typeof first.name === "string"
      ? { recipient: first.name }
      : {}),
  };
}
