/**
 * How a field is defined: a Zod schema carrying its Vietnamese label and hint, whether it is internal,
 * and what it refers to. Everything that needs to know a field (types, forms, messages, the API's JSON
 * Schema, the stripping of internal fields) reads it from here.
 */
import { z } from "zod";

/** What a field says of itself. `title` and `description` are JSON Schema's own keywords. */
export interface FieldMeta {
  /** The Vietnamese label an editor sees. */
  title: string;
  /** The Vietnamese hint under the field. */
  description?: string;
  /** Never leaves the loader: not on a page, in a feed, the API, the index or an embed. */
  internal?: true;
  /** The labels of an enumeration's values. */
  options?: Readonly<Record<string, string>>;
  /** The kinds of entry whose identifier this field holds, or the part of the entry's campaign it names. */
  relation?: readonly RelationTarget[];
  /** Holds the name of a file beside the entry. */
  file?: "picture" | "document";
  /** The form control, where the type alone does not tell; of a list, its items'. */
  widget?: "text" | "picture" | "file";
  /** Advised length in characters; going past it warns and never blocks. */
  advice?: { min?: number; max?: number };
}

/** What a relation may lead to: the name of a kind (see kinds.ts) or one content of a campaign. */
export type RelationTarget =
  | "models"
  | "role-models"
  | "news"
  | "decisions"
  | "campaigns"
  | "documents"
  | "movements"
  | "fields"
  | "groups"
  | "award-forms"
  | "communes"
  | "units"
  | "campaign-content"
  | "decision-recipient";

declare module "zod" {
  interface GlobalMeta extends Partial<
    Omit<FieldMeta, "title" | "description">
  > {}
}

interface FieldOptions extends Omit<
  FieldMeta,
  "title" | "description" | "internal"
> {
  label: string;
  hint?: string;
}

/**
 * Gives a schema its label, hint and other marks. Call it last, after `.optional()` or `.default()`.
 *
 * @param schema any Zod schema
 * @param options the label (Vietnamese), and what else the field says of itself
 * @returns the same schema with the marks as Zod metadata
 */
export function field<T extends z.ZodType>(
  schema: T,
  { label, hint, ...rest }: FieldOptions,
): T {
  return schema.meta({
    title: label,
    ...(hint ? { description: hint } : {}),
    ...rest,
  }) as T;
}

declare const INTERNAL: unique symbol;

/** A schema whose value never leaves the loader. */
export type Internal<T extends z.ZodType> = T & { readonly [INTERNAL]: true };

/**
 * Like `field`, for what is recorded but never published. The type is marked as well, so that
 * `Public<…>` drops the field and no page can name it.
 */
export function internal<T extends z.ZodType>(
  schema: T,
  options: FieldOptions,
): Internal<T> {
  return schema.meta({
    ...metaOf(field(schema, options)),
    internal: true,
  }) as unknown as Internal<T>;
}

/** The published form of a schema's output: the same value without its internal fields, at any depth. */
export type Public<T> = T extends { readonly [INTERNAL]: true }
  ? never
  : T extends z.ZodObject<infer Shape>
    ? {
        [
          K in keyof Shape as Shape[K] extends { readonly [INTERNAL]: true }
            ? never
            : K
        ]: Public<Shape[K]>;
      }
    : T extends z.ZodArray<infer Item>
      ? Public<Item>[]
      : T extends z.ZodOptional<infer Inner>
        ? Public<Inner> | undefined
        : T extends z.ZodDefault<infer Inner>
          ? Public<Inner>
          : T extends z.ZodType
            ? z.output<T>
            : never;

/** The marks of a schema: its own, else those of the schema it wraps. Empty when nobody marked it. */
export function metaOf(schema: z.ZodType): Partial<FieldMeta> {
  const own = schema.meta() as Partial<FieldMeta> | undefined;
  if (own?.title) return own;
  const inner = unwrap(schema);
  return inner === schema ? {} : metaOf(inner);
}

interface ObjectField {
  key: string;
  schema: z.ZodType;
  meta: Partial<FieldMeta>;
}

const known = new WeakMap<z.ZodObject, ObjectField[]>();

/** An object's fields with their marks, which Zod works out anew whenever it is asked. */
function fieldsOf(object: z.ZodObject): ObjectField[] {
  let fields = known.get(object);
  if (!fields) {
    const shape = object.shape as Record<string, z.ZodType>;
    fields = Object.entries(shape).map(([key, schema]) => ({
      key,
      schema,
      meta: metaOf(schema),
    }));
    known.set(object, fields);
  }
  return fields;
}

/** One layer less: what is inside optional, default, preprocess; the schema itself when it wraps nothing. */
export function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return schema.def.innerType as z.ZodType;
  if (schema instanceof z.ZodPipe) return schema.def.out as z.ZodType;
  return schema;
}

/** All layers off: the object, array or scalar schema that an optional, defaulted or preprocessed one stands for. */
export function core(schema: z.ZodType): z.ZodType {
  const inner = unwrap(schema);
  return inner === schema ? schema : core(inner);
}

/**
 * Zod leaves out an object's own rules as soon as one of its fields is wrong; an editor should hear of
 * everything at once. A rule that always runs must bear fields that are missing or of another type.
 */
export const ALWAYS = {
  when: ({ value }: { value: unknown }) => isRecord(value),
};

/** Fields as a rule that always runs meets them: any may be missing. */
export type Loose<T> = { [K in keyof T]?: T[K] | null | undefined };

/** A path into an entry's data, such as `["sources", 0, "url"]`. */
export type FieldPath = readonly (string | number)[];

/**
 * Visits every field of `data` that has a value, outermost first, with its schema's marks.
 *
 * @param visit told the field's marks, value and path; returning `false` leaves out what is inside it
 */
export function walkFields(
  schema: z.ZodType,
  data: unknown,
  visit: (
    meta: Partial<FieldMeta>,
    value: unknown,
    path: FieldPath,
  ) => boolean | void,
  path: FieldPath = [],
): void {
  const inside = core(schema);
  if (inside instanceof z.ZodObject && isRecord(data)) {
    for (const { key, schema: child, meta } of fieldsOf(inside)) {
      const value = data[key];
      if (value === undefined) continue;
      const childPath = [...path, key];
      if (visit(meta, value, childPath) !== false)
        walkFields(child, value, visit, childPath);
    }
  } else if (inside instanceof z.ZodArray && Array.isArray(data)) {
    const item = inside.element as z.ZodType;
    if (core(item) instanceof z.ZodObject)
      data.forEach((value, index) =>
        walkFields(item, value, visit, [...path, index]),
      );
  }
}

/**
 * The published form of an entry's data: a copy without internal fields, at any depth.
 *
 * @param schema the schema `data` was checked against
 */
export function toPublic<S extends z.ZodType>(
  schema: S,
  data: z.output<S>,
): Public<S> {
  return strip(schema, data) as Public<S>;
}

function strip(schema: z.ZodType, data: unknown): unknown {
  const inside = core(schema);
  if (inside instanceof z.ZodObject && isRecord(data)) {
    const kept: Record<string, unknown> = {};
    for (const { key, schema: child, meta } of fieldsOf(inside)) {
      if (data[key] === undefined || meta.internal) continue;
      kept[key] = strip(child, data[key]);
    }
    return kept;
  }
  if (inside instanceof z.ZodArray && Array.isArray(data))
    return data.map((item) => strip(inside.element as z.ZodType, item));
  return data;
}

/**
 * The labels along a path, joined for an editor: `["sources", 0, "url"]` is "Nguồn (1) › Địa chỉ".
 * A step that the schema does not know is shown as it was written.
 */
export function labelOf(schema: z.ZodType, path: FieldPath): string {
  const labels: string[] = [];
  let here: z.ZodType | undefined = schema;
  for (const step of path) {
    const inside: z.ZodType | undefined = here && core(here);
    if (typeof step === "number") {
      labels.push(`${labels.pop() ?? ""} (${step + 1})`.trim());
      here =
        inside instanceof z.ZodArray
          ? (inside.element as z.ZodType)
          : undefined;
    } else {
      here = childOf(inside, step);
      labels.push((here && metaOf(here).title) ?? step);
    }
  }
  return labels.join(" › ");
}

/** A field's schema; nothing for a name the object does not have, inherited ones such as `constructor` too. */
export function childOf(
  object: z.ZodType | undefined,
  name: string,
): z.ZodType | undefined {
  if (!(object instanceof z.ZodObject)) return undefined;
  const shape = object.shape as Record<string, z.ZodType>;
  return Object.hasOwn(shape, name) ? shape[name] : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
