/** Form fields made from schemas: every field of a schema is one field of Decap's, with the schema's own words. */
import { z } from "zod";
import { adminText } from "../src/i18n/admin.ts";
import { core, metaOf, type FieldMeta } from "../src/schema/field.ts";
import type { KindName } from "../src/schema/kinds.ts";

/** A field as Decap's configuration writes it; which keys it has depends on its widget. */
export interface FormField {
  name: string;
  label: string;
  widget: string;
  required: boolean;
  hint?: string;
  default?: unknown;
  /** A regular expression's source, and what is said of a text that does not match it. */
  pattern?: [source: string, message: string];
  options?: { label: string; value: string }[];
  multiple?: boolean;
  /** For the widgets `entry` and `relation`: where the choices lie. */
  collection?: string;
  kinds?: KindName[];
  /** Of an object or a list of objects. */
  fields?: FormField[];
  /** Of a list of single values. */
  field?: FormField;
  min?: number;
  max?: number;
  [key: string]: unknown;
}

/**
 * The form of an object: one field for each of its schema's, in the schema's order.
 *
 * @param schema an object, optional or not
 * @throws when a field has no label, or is of a type that no form control stands for
 */
export function formFields(schema: z.ZodType): FormField[] {
  const object = core(schema);
  if (!(object instanceof z.ZodObject)) throw new Error("not an object");
  return Object.entries(object.shape as Record<string, z.ZodType>).map(
    ([name, child]) => formField(name, child),
  );
}

function formField(name: string, schema: z.ZodType): FormField {
  const { title, description = "", internal, ...meta } = metaOf(schema);
  if (!title) throw new Error(`${name} has no label`);
  const value = defaultOf(schema);
  const required = !schema.safeParse(undefined).success;
  const made = control({ name, title, required, ...meta }, core(schema));
  const hint = [
    description,
    // A closed group looks like a line of text.
    made.widget === "object" && made.collapsed && adminText.closed,
    internal && adminText.internal,
  ]
    .filter(Boolean)
    .join(" ");
  return {
    name,
    label: title,
    ...(hint ? { hint } : {}),
    required,
    ...(value === undefined ? {} : { default: value }),
    ...made,
  };
}

/** Lists that are left out are empty anyway; written out, they would only fill files. */
function defaultOf(schema: z.ZodType): unknown {
  if (!(schema instanceof z.ZodDefault)) return undefined;
  const value: unknown = schema.def.defaultValue;
  return Array.isArray(value) ? undefined : value;
}

type Control = Pick<FormField, "widget"> & Partial<FormField>;
type About = Partial<FieldMeta> & { name: string; required: boolean };

/** The widget that a value of this schema is given with, and how it is set. */
function control(about: About, schema: z.ZodType): Control {
  if (about.relation) return relation(about, schema instanceof z.ZodArray);
  if (schema instanceof z.ZodEnum)
    return {
      widget: "select",
      options: schema.options.map((value) => ({
        value: String(value),
        label: about.options?.[value] ?? String(value),
      })),
    };
  if (schema instanceof z.ZodBoolean) return { widget: "boolean" };
  if (schema instanceof z.ZodNumber) return number(schema);
  if (schema instanceof z.ZodISODate) return DAY;
  if (schema instanceof z.ZodISODateTime) return INSTANT;
  if (schema instanceof z.ZodArray) return list(about, schema);
  if (schema instanceof z.ZodObject) return group(about, schema);
  if (schema.def.type === "string") return text(about, schema);
  throw new Error(`${about.name} is of a type that has no form control`);
}

const DATE_FORMAT = "DD/MM/YYYY";
const DAY: Control = {
  widget: "datetime",
  format: "YYYY-MM-DD",
  date_format: DATE_FORMAT,
  time_format: false,
};
/** Vietnam's offset is written out: Decap would take that of the editor's machine. */
const INSTANT: Control = {
  widget: "datetime",
  format: "YYYY-MM-DDTHH:mm:ss[+07:00]",
  date_format: DATE_FORMAT,
  time_format: "HH:mm",
};

const FILES = { picture: "image", file: "file" } as const;

function text({ widget }: About, schema: z.ZodType): Control {
  const pattern = patternOf(schema);
  const rule = pattern ? { pattern } : {};
  return widget === "picture" || widget === "file"
    ? {
        widget: FILES[widget],
        choose_url: false,
        allow_multiple: false,
        ...rule,
      }
    : { widget: widget ?? "string", ...rule };
}

/**
 * Decap makes all children of an object required, even of one that may be left out: these are the judge's. And
 * it begins a new entry with every object of which a child has a default: these are the schema's.
 */
function group({ required }: About, schema: z.ZodObject): Control {
  const fields = formFields(schema);
  return required
    ? { widget: "object", fields }
    : { widget: "object", collapsed: true, fields: fields.map(unrequired) };
}

const unrequired = ({ default: _given, ...field }: FormField): FormField => ({
  ...field,
  required: false,
  ...(field.required
    ? { hint: `${field.hint ?? ""} ${adminText.needed}`.trim() }
    : {}),
  ...(field.widget === "object" && field.fields
    ? { fields: field.fields.map(unrequired) }
    : {}),
});

function list(about: About, schema: z.ZodArray): Control {
  const item = schema.element as z.ZodType;
  const size = Object.assign(
    {},
    ...checksOf(schema).map(({ check, minimum, maximum, length }) => {
      if (check === "length_equals") return { min: length, max: length };
      return check === "min_length" ? { min: minimum } : { max: maximum };
    }),
  ) as { min?: number; max?: number };
  if (core(item) instanceof z.ZodObject)
    return {
      widget: "list",
      collapsed: true,
      // Decap would begin a new entry with one item that holds its fields' defaults.
      default: [],
      fields: formFields(item),
      ...size,
    };
  const { name, title = name } = about;
  return {
    widget: "list",
    ...size,
    // Without a field of its own, Decap would part the list's text at every comma.
    field: {
      name,
      label: title,
      required: true,
      ...control({ ...about, required: true }, core(item)),
    },
  };
}

function number(schema: z.ZodNumber): Control {
  const bounds = Object.assign(
    {},
    ...checksOf(schema).map(({ check, value, inclusive }) => {
      if (!inclusive) return {};
      return check === "greater_than" ? { min: value } : { max: value };
    }),
  ) as { min?: number; max?: number };
  const isWhole = schema instanceof z.ZodNumberFormat;
  return { widget: "number", value_type: isWhole ? "int" : "float", ...bounds };
}

/** The choices among parts of an entry: a campaign's contents, a decision's recipients. */
const PARTS = {
  "campaign-content": ["campaigns", "contents", "id", "title"],
  "decision-recipient": ["decisions", "recipients", "id", "name"],
} as const;

/**
 * A choice among entries. Decap's own relation knows an entry by its whole path and finds words only with
 * their marks; the widget `entry` (entry-widget.ts) knows it as the content does.
 */
function relation(
  { relation: targets = [] }: About,
  multiple: boolean,
): Control {
  const many = multiple ? { multiple } : {};
  const [target] = targets;
  if (target === "campaign-content" || target === "decision-recipient") {
    const [collection, parts, id, name] = PARTS[target];
    const shown = [`${parts}.*.${id}`, `${parts}.*.${name}`];
    return {
      widget: "relation",
      collection,
      value_field: shown[0],
      search_fields: shown,
      display_fields: shown,
      options_length: 500,
      ...many,
    };
  }
  return { widget: "entry", kinds: targets as KindName[], ...many };
}

interface Check {
  check: string;
  pattern?: RegExp;
  error?: (issue: object) => unknown;
  value?: number;
  inclusive?: boolean;
  minimum?: number;
  maximum?: number;
  length?: number;
}

/** What a schema checks besides its type, as Zod keeps it: the schema's own format first. */
function checksOf(schema: z.ZodType): Check[] {
  const { checks = [] } = schema.def;
  return [
    schema.def as unknown as Check,
    ...checks.map((one) => one._zod.def as unknown as Check),
  ].filter(({ check }) => check !== undefined);
}

/**
 * The pattern a text must match, with the schema's own words for one that does not.
 *
 * @throws for two patterns or a pattern with flags, which a form cannot hold
 */
function patternOf(schema: z.ZodType): [string, string] | undefined {
  const checks = checksOf(schema);
  const [format, second] = checks.filter(({ pattern }) => pattern);
  if (!format?.pattern) return undefined;
  const { source, flags } = format.pattern;
  const message = format.error?.({});
  if (second || flags || typeof message !== "string")
    throw new Error(`a form cannot hold ${String(format.pattern)}`);
  // What the schema trims before it looks, the form's pattern lets stand.
  const isTrimmed = checks.some(({ check }) => check === "overwrite");
  return [
    isTrimmed ? `^\\s*(?:${source.replace(/^\^|\$$/g, "")})\\s*$` : source,
    message,
  ];
}
