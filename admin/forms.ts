/**
 * The CMS's collections and forms, made from the kinds of entry and their schemas: Decap's configuration
 * holds nothing that the schemas do not say. Rules that bind several fields are the judge's, not the form's.
 */
import { adminText } from "../src/i18n/admin.ts";
import {
  hasBody,
  isSetting,
  kinds,
  type KindName,
  type Layout,
} from "../src/schema/kinds.ts";
import { componentIds } from "./components.ts";
import { formFields, type FormField } from "./fields.ts";

/** A collection as Decap's configuration writes it. */
export interface FormCollection {
  name: KindName;
  label: string;
  label_singular: string;
  description: string;
  folder?: string;
  fields?: FormField[];
  files?: { name: string; label: string; file: string; fields: FormField[] }[];
  [key: string]: unknown;
}

/**
 * The whole configuration for `CMS.init({ config })`.
 *
 * @param contentDir the content folder's path in its repository, such as `content`
 * @param backend Decap's backend: which, where, which branch
 * @param mayApprove whether publishing is offered, removing what is published, and what the whole site goes by
 */
export const cmsConfig = (
  contentDir: string,
  backend: { name: string; [key: string]: unknown },
  mayApprove = true,
) => ({
  load_config_file: false,
  locale: "vi",
  backend: { ...backend, commit_messages: adminText.commits },
  publish_mode: "editorial_workflow",
  show_preview_links: false,
  // Pictures and documents lie beside their entries; Decap insists on a folder for all the same.
  media_folder: `${contentDir}/media`,
  public_folder: "",
  slug: {
    encoding: "ascii",
    clean_accents: true,
    sanitize_replacement: "-",
  },
  collections: mayApprove
    ? formCollections(contentDir)
    : formCollections(contentDir)
        .filter(({ name }) => !isSetting(name))
        .map((one) => ({ ...one, publish: false, delete: false })),
});

/**
 * A collection for every kind of entry, in the order of the kinds.
 *
 * @param contentDir the content folder's path in its repository
 */
export const formCollections = (contentDir: string): FormCollection[] =>
  (Object.keys(kinds) as KindName[]).map((kind) =>
    collection(kind, contentDir),
  );

/**
 * Where a layout's files lie below the kind's folder, in Decap's words. The year is that in which an entry
 * is begun; pictures and documents lie beside an entry that has a folder of its own.
 */
const BESIDE = { media_folder: "", public_folder: "" };
const MDX = { extension: "mdx" };
const YAML = { extension: "yaml" };
const LAYOUTS: Record<Exclude<Layout, "single">, Record<string, unknown>> = {
  story: { path: "{{year}}/{{slug}}/index", ...MDX, ...BESIDE },
  folder: { path: "{{slug}}/index", ...MDX, ...BESIDE },
  yearly: { path: "{{year}}/{{slug}}", ...YAML },
  data: YAML,
};

/** An entry is named after its title; the name's length is limited (src/loader/files.ts). */
const NAMING = { slug: "{{slug | truncate(80)}}" };
/** A decision has no title: it is named and listed by its first recipient. */
const DECISION_NAMING = {
  identifier_field: "form",
  slug: "{{form | truncate(30)}}-{{recipients[0].name | truncate(45)}}",
  summary: `{{recipients[0].name}} ({{number | default('${adminText.numberUnknown}')}})`,
};

function collection(kind: KindName, contentDir: string): FormCollection {
  const { schema, folder, layout, label, listLabel, purpose } = kinds[kind];
  const place = `${contentDir}/${folder}`;
  const fields = formFields(schema);
  const common = {
    name: kind,
    label: listLabel,
    label_singular: label,
    description: purpose,
    // Ours: see format.ts.
    format: kind,
    editor: { preview: hasBody(kind) },
  };
  if (layout === "single")
    return {
      ...common,
      files: [{ name: kind, label: listLabel, file: `${place}.yaml`, fields }],
    };
  return {
    ...common,
    folder: place,
    create: true,
    // Stories are withdrawn. Drafts can be thrown away all the same.
    ...(layout === "story" ? { delete: false } : {}),
    ...LAYOUTS[layout],
    ...(kind === "decisions" ? DECISION_NAMING : NAMING),
    ...listing(fields),
    fields: inWritingOrder(fields, hasBody(kind)),
  };
}

/** Asked for right below the text; and what comes up only when a story is written, or long after. */
const SOON = ["cover", "gallery", "subjectType", "consent"];
const LATE = [
  "status",
  "publishedAt",
  "embargoUntil",
  "expiresAt",
  "changes",
  "withdrawal",
  "oldAddresses",
];
const turnOf = ({ name }: FormField): number =>
  SOON.includes(name)
    ? SOON.indexOf(name) - SOON.length - 1
    : LATE.indexOf(name);

/** What must be filled in comes first, then the text, then what may be left out. */
function inWritingOrder(fields: FormField[], isText: boolean): FormField[] {
  const body: FormField = {
    name: "body",
    label: adminText.body,
    hint: adminText.bodyHint,
    widget: "markdown",
    required: false,
    // No task lists, tables and code: the editor loses parts of them, see components.ts.
    buttons: [
      "bold",
      "italic",
      "link",
      "heading-two",
      "heading-three",
      "quote",
      "bulleted-list",
      "numbered-list",
    ],
    editor_components: componentIds,
    modes: ["rich_text"],
  };
  return [
    ...fields.filter(({ required }) => required),
    ...(isText ? [body] : []),
    ...fields
      .filter(({ required }) => !required)
      .sort((one, other) => turnOf(one) - turnOf(other)),
  ];
}

/** The fields a list may be sorted by, the first of them at once. */
const SORTING = {
  publishedAt: "desc",
  startDate: "desc",
  order: "asc",
  date: "desc",
  eventDate: "desc",
  title: "asc",
} as const;

/** How a collection's list is sorted and narrowed down. */
function listing(fields: FormField[]): Record<string, unknown> {
  const sortable = Object.entries(SORTING)
    .filter(([field]) => fields.some(({ name }) => name === field))
    .map(([field, default_sort], index) =>
      index === 0 ? { field, default_sort } : { field },
    );
  const status = fields.find(({ name }) => name === "status");
  return {
    sortable_fields: sortable,
    ...(status?.options
      ? {
          view_filters: status.options.map(({ label, value }) => ({
            label,
            field: "status",
            pattern: `^${value}$`,
          })),
        }
      : {}),
  };
}
