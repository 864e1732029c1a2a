/**
 * What the API's answers look like, as JSON Schema. What editors write is described by the very schemas that check it,
 * less what is internal; what stands around it is described here.
 */
import { z } from "zod";
import { isRecord } from "../schema/field.ts";
import {
  STORY_KINDS,
  kinds,
  type KindName,
  type StoryKind,
} from "../schema/kinds.ts";
import { OCCASIONS } from "../schema/decision.ts";
import { pictureShape } from "../schema/picture.ts";
import { SUBJECT_TYPES } from "../schema/story.ts";
import { AWARD_LEVELS } from "../schema/taxonomy.ts";
import { partialDate } from "../schema/values.ts";
import { apiUrl } from "./address.ts";

/** JSON Schema, draft 2020-12. */
export type JsonSchema = Record<string, unknown>;

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

const words = () => z.string();
const web = () => z.url();
const moment = () => z.iso.datetime({ offset: true });
const count = () => z.int().min(0);
const oneOf = <T extends Record<string, string>>(options: T) =>
  z.enum(Object.keys(options) as [keyof T & string]).meta({ options });
const kindOf = () => z.enum(STORY_KINDS);
const list = z.array;

const term = z.strictObject({ id: words(), title: words(), url: web() });

const picture = z.strictObject({
  url: web(),
  type: words(),
  width: z.int().min(1),
  height: z.int().min(1),
  alt: pictureShape.alt,
  caption: pictureShape.caption,
  credit: pictureShape.credit,
  licence: words(),
});

const award = z.strictObject({
  form: z.strictObject({
    id: words(),
    title: words(),
    level: oneOf(AWARD_LEVELS),
    levelLabel: words(),
  }),
  rank: z.enum(["first", "second", "third"]).optional(),
  recipient: z.strictObject({
    name: words(),
    subjectType: oneOf(SUBJECT_TYPES),
    posthumous: z.boolean(),
  }),
  number: words().optional(),
  date: partialDate().optional(),
  presentedOn: partialDate().optional(),
  issuer: words().optional(),
  occasion: oneOf(OCCASIONS).optional(),
  citation: words().optional(),
  status: z.enum(["valid", "revoked"]),
});

/** What every mention of a story begins with. */
const head = {
  id: words(),
  kind: kindOf(),
  slug: words(),
  url: web(),
  data: web(),
  title: words(),
  summary: words(),
  publishedAt: moment(),
  updatedAt: moment(),
};

/** A story in a list: terms by their identifiers alone. */
const brief = z.strictObject({
  ...head,
  eventDate: partialDate().optional(),
  who: words().optional(),
  category: words().optional(),
  subjectType: oneOf(SUBJECT_TYPES).optional(),
  campaign: words().optional(),
  movements: list(words()),
  fields: list(words()),
  group: words().optional(),
  communes: list(words()),
  awardForms: list(words()),
  picture: picture.optional(),
});
export type Brief = z.output<typeof brief>;

/** What a story's own answer has besides what its editor wrote, or in its place. */
const whole = z.strictObject({
  ...head,
  unit: z.strictObject({ id: words(), title: words() }).optional(),
  campaign: term.optional(),
  movements: list(term),
  fields: list(term),
  group: term.optional(),
  communes: list(term),
  subjectTypeLabel: words().optional(),
  occupationLabel: words().optional(),
  categoryLabel: words().optional(),
  cover: picture.optional(),
  gallery: list(picture),
  awards: list(award),
  documents: list(z.strictObject({ title: words(), url: web() })).optional(),
  attachments: list(
    z.strictObject({
      title: words(),
      url: web(),
      extension: words(),
      bytes: count(),
    }),
  ).optional(),
  licence: web(),
  html: words(),
  text: words(),
});
export type Whole = z.output<typeof whole>;

/** A story's fields that say how it is edited, not what it says; a withdrawal yet to come is nobody's business. */
export const EDITING = [
  "status",
  "embargoUntil",
  "withdrawal",
  "related",
] as const;

const storyPage = z.strictObject({
  title: words(),
  url: web(),
  self: web(),
  total: count().optional(),
  next: web().optional(),
  prev: web().optional(),
  stories: list(brief),
});
export type StoryPage = z.output<typeof storyPage>;

const counted = list(
  z.strictObject({ id: words(), title: words(), count: count() }),
);
const counts = z.strictObject({
  title: words(),
  stories: count(),
  kinds: counted,
  categories: counted,
  subjectTypes: counted,
  occupations: counted,
  campaigns: counted,
  movements: counted,
  fields: counted,
  groups: counted,
  communes: counted,
  months: counted,
  years: counted,
  awards: count(),
  awardForms: counted,
  awardLevels: counted,
});
export type Counts = z.output<typeof counts>;

const gone = z.strictObject({
  gone: list(
    z.strictObject({
      id: words(),
      kind: kindOf(),
      slug: words(),
      url: web(),
      state: z.enum(["withdrawn", "expired"]),
      at: moment(),
    }),
  ),
});
export type Gone = z.output<typeof gone>;

const index = z.strictObject({
  version: words(),
  name: words(),
  description: words(),
  province: words(),
  language: z.literal("vi"),
  url: web(),
  official: z.boolean(),
  notice: words().optional(),
  publisher: z
    .strictObject({ name: words(), decision: words(), responsible: words() })
    .optional(),
  licence: z.strictObject({ title: words(), url: web() }),
  documentation: web(),
  updatedAt: moment().optional(),
  feeds: list(z.strictObject({ type: words(), url: web() })),
  files: list(
    z.strictObject({ title: words(), url: web(), schema: web().optional() }),
  ),
  lists: list(
    z.strictObject({ name: words(), title: words(), url: web(), data: web() }),
  ),
});
export type Index = z.output<typeof index>;

/** The taxonomies, and what each entry has besides what its editor wrote, or in its place. */
export const TAXONOMIES = [
  "campaigns",
  "movements",
  "fields",
  "groups",
  "communes",
  "award-forms",
] as const satisfies readonly KindName[];
export type Taxonomy = (typeof TAXONOMIES)[number];

const entry = z.strictObject({ id: words(), url: web(), stories: web() });
/** A campaign's documents are told by what readers may open. */
const campaignEntry = entry.extend({
  counts: web(),
  documents: list(z.strictObject({ title: words(), url: web() })),
});
/** Of a campaign's fields, the one that `documents` speaks for. */
export const CAMPAIGN_PLAN = "plan";

/** A Zod schema as JSON Schema of what it gives. */
const described = (schema: z.ZodType): JsonSchema =>
  published(
    z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }),
  ) as JsonSchema;

/** What fields say of themselves to forms alone. */
const FOR_FORMS = [
  "$schema",
  "relation",
  "file",
  "widget",
  "advice",
  "options",
];

/** JSON Schema without internal fields, at any depth, and without what is for forms; codes get their labels. */
function published(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(published);
  if (!isRecord(node)) return node;
  const { properties, required, options, enum: values, ...rest } = node;
  const kept = isRecord(properties)
    ? Object.entries(properties).filter(
        ([, property]) => !(isRecord(property) && property.internal),
      )
    : undefined;
  const names = new Set(kept?.map(([name]) => name));
  const copy: JsonSchema = {};
  for (const [key, value] of Object.entries(rest))
    if (!FOR_FORMS.includes(key)) copy[key] = published(value);
  // Hints are for who fills in a form.
  if ("title" in copy) delete copy.description;
  if (Array.isArray(values))
    if (isRecord(options))
      copy.oneOf = values.map((value) => ({
        const: value,
        title: options[String(value)],
      }));
    else copy.enum = values;
  if (kept)
    copy.properties = Object.fromEntries(
      kept.map(([name, property]) => [name, published(property)]),
    );
  if (Array.isArray(required))
    copy.required = required.filter((name) => names.has(String(name)));
  return copy;
}

type Fields = { properties: JsonSchema; required: string[] };

/** What editors write and what is put beside it, as one object. */
function joined(
  kind: KindName,
  besides: z.ZodType,
  without: readonly string[] = [],
): JsonSchema {
  const [own, added] = [kinds[kind].schema, besides].map(described) as [
    Fields,
    Fields,
  ];
  const properties: JsonSchema = { ...added.properties };
  for (const [name, property] of Object.entries(own.properties))
    if (!without.includes(name) && !(name in properties))
      properties[name] = property;
  return {
    type: "object",
    properties,
    required: [...new Set([...added.required, ...own.required])].filter(
      (name) =>
        !without.includes(name) &&
        (!(name in added.properties) || added.required.includes(name)),
    ),
    additionalProperties: false,
  };
}

const listed = (items: JsonSchema): JsonSchema => ({
  type: "object",
  properties: { items: { type: "array", items } },
  required: ["items"],
  additionalProperties: false,
});

/** The schema that answers of one sort keep to, by its name. */
const MAKERS: Record<string, () => JsonSchema> = {
  index: () => described(index),
  stories: () => described(storyPage),
  counts: () => described(counts),
  gone: () => described(gone),
  ...Object.fromEntries(
    STORY_KINDS.map((kind) => [
      `story-${kind}`,
      () => joined(kind, whole, EDITING),
    ]),
  ),
  ...Object.fromEntries(
    TAXONOMIES.map((kind) => [
      kind,
      () =>
        listed(
          kind === "campaigns"
            ? joined(kind, campaignEntry, [CAMPAIGN_PLAN])
            : joined(kind, entry),
        ),
    ]),
  ),
};

export const SCHEMAS = Object.keys(MAKERS);

export const schemaFile = (name: string): string => `schema/${name}.json`;
export const storySchema = (kind: StoryKind): string => `story-${kind}`;

/** A schema as it is published. Every answer names its own. */
export function schemaOf(name: string): JsonSchema {
  const { properties, required, ...rest } = MAKERS[name]!() as Fields;
  const $id = apiUrl(schemaFile(name));
  return {
    $schema: DIALECT,
    $id,
    ...rest,
    properties: { $schema: { const: $id }, ...properties },
    required: ["$schema", ...required],
  };
}
