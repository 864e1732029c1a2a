/** Every field of every kind, as its schema tells it. */
import { z } from "zod";
import { core, metaOf, type FieldMeta } from "../../src/schema/field.ts";
import { kinds, type KindName } from "../../src/schema/kinds.ts";

export interface KnownField {
  /** For example `models.contact.phone` or `news.gallery[].consent`. */
  name: string;
  schema: z.ZodType;
  meta: Partial<FieldMeta>;
}

/** The fields of a schema and of what is in it, outermost first. */
export function fieldsOf(schema: z.ZodType, name: string): KnownField[] {
  const inside = core(schema);
  if (inside instanceof z.ZodArray)
    return fieldsOf(inside.element as z.ZodType, `${name}[]`);
  if (!(inside instanceof z.ZodObject)) return [];
  return Object.entries(inside.shape as Record<string, z.ZodType>).flatMap(
    ([key, child]) => [
      { name: `${name}.${key}`, schema: child, meta: metaOf(child) },
      ...fieldsOf(child, `${name}.${key}`),
    ],
  );
}

export const KINDS = Object.keys(kinds) as KindName[];

export const FIELDS: KnownField[] = KINDS.flatMap((kind) =>
  fieldsOf(kinds[kind].schema, kind),
);
