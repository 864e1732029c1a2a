/**
 * Decap's proxy protocol (decap-server 3.11) over the store: one action a request. Ours besides: answers carry
 * the `version` of the entry they show, and what changes an entry may say which version it has `seen`;
 * `returnEntry`, `keepMine` and `getNotes`; `choices`, what forms choose among. And a list's entries come without
 * their texts: Decap opens an entry by `getEntry` before anybody writes in it.
 */
import path from "node:path";
import { z } from "zod";
import { deskText } from "../i18n/desk.ts";
import {
  checkWritable,
  contentFile,
  contentFolder,
  entryPlace,
  Refusal,
  ROOT,
} from "./guard.ts";
import type { Member } from "./accounts.ts";
import { briefs, listed } from "./listing.ts";
import { saneFile } from "./pictures.ts";
import { checkRole } from "./roles.ts";
import { STATES, type DeskFile, type DraftName, type Store } from "./store.ts";

const file = z.string().transform((given) => contentFile(given));
const folder = z.string().transform((given) => contentFolder(given));
const seen = z.string().nullable().optional();
const name = { collection: z.string(), slug: z.string() };
const draftFile = z.object({ ...name, path: file });
const asset = z.object({
  path: file,
  content: z.base64(),
  encoding: z.literal("base64"),
});
const dataFile = z.object({
  slug: z.string(),
  path: file,
  raw: z.string(),
  newPath: file.optional(),
});
const none = z.object({});

/** What each action is given. Decap sends more than that; what we do not know is left out. */
const PARAMS = {
  info: none,
  entriesByFolder: z.object({
    folder,
    extension: z.string(),
    depth: z.number(),
  }),
  choices: none,
  entriesByFiles: z.object({
    files: z.array(z.object({ path: file, label: z.string().optional() })),
  }),
  getEntry: z.object({ path: file }),
  unpublishedEntries: none,
  unpublishedEntry: z.union([
    z.object(name),
    z.object({ id: z.string() }).transform(({ id }) => ({
      collection: id.slice(0, Math.max(0, id.indexOf("/"))),
      slug: id.slice(id.indexOf("/") + 1),
    })),
  ]),
  unpublishedEntryDataFile: draftFile,
  unpublishedEntryMediaFile: draftFile,
  deleteUnpublishedEntry: z.object({ ...name, seen }),
  persistEntry: z.object({
    dataFiles: z.array(dataFile).length(1),
    assets: z.array(asset).max(200),
    options: z.object({
      collectionName: z.string(),
      useWorkflow: z.boolean().default(false),
    }),
    // Who saves must say: left out, the entry is taken for a new one.
    seen: z.string().nullable().default(null),
  }),
  updateUnpublishedEntryStatus: z.object({
    ...name,
    newStatus: z.enum(STATES),
    seen,
  }),
  publishUnpublishedEntry: z.object({ ...name, seen }),
  returnEntry: z.object({
    ...name,
    reason: z.string().trim().min(1).max(2000),
    seen,
  }),
  keepMine: z.object({ ...name, seen }),
  getNotes: z.object(name),
  getMedia: z.object({ mediaFolder: folder }),
  getMediaFile: z.object({ path: file }),
  persistMedia: z.object({ asset }),
  deleteFile: z.object({ path: file, seen }),
  deleteFiles: z.object({ paths: z.array(file).min(1).max(200), seen }),
  getDeployPreview: none,
} as const;

export type Action = keyof typeof PARAMS;
/** What an action is given, checked. */
export type Params<A extends Action> = z.output<(typeof PARAMS)[A]>;
type Actions = {
  [A in Action]: (
    store: Store,
    params: Params<A>,
    editor: () => Member,
  ) => Promise<unknown>;
};

const DONE = { message: "ok" };

const ACTIONS: Actions = {
  info: async (store) => ({
    repo: "guong-sang",
    publish_modes: ["simple", "editorial_workflow"],
    type: "desk",
    branch: (await store.published()).branch.slice("refs/heads/".length),
  }),

  entriesByFolder: async (store, { folder: below, extension, depth }) => {
    const files = (await store.list(below)).filter(
      (one) =>
        one.path.endsWith(`.${extension}`) &&
        depthBelow(below, one.path) <= depth,
    );
    const texts = await listed(store, files);
    return files.map((one, at) => entry(one.path, one.oid, texts[at]!));
  },

  choices: briefs,

  entriesByFiles: (store, { files }) =>
    Promise.all(
      files.map(({ path: wanted, label }) => openEntry(store, wanted, label)),
    ),

  getEntry: (store, { path: wanted }) => openEntry(store, wanted),

  unpublishedEntries: async (store) =>
    (await store.drafts()).map(
      ({ collection, slug }) => `${collection}/${slug}`,
    ),

  // Decap asks this of every entry it opens: that there is no draft is no failure, which browsers would tell of.
  unpublishedEntry: async (store, name) => {
    const draft = await store.findDraft(name);
    if (!draft) return null;
    const files = await store.changedBy(draft);
    return {
      collection: draft.collection,
      slug: draft.slug,
      status: draft.state,
      updatedAt: draft.updatedAt,
      pullRequestAuthor: await store.writer(draft),
      diffs: files.map(({ path: changed, oid, isNew }) => ({
        id: oid,
        path: `${ROOT}/${changed}`,
        newFile: isNew,
      })),
      version: await store.version(draft.root, draft.commit),
      /** Why its writer has it back. */
      returned:
        (await store.returns(draft)).find(({ isOpen }) => isOpen) ?? null,
      /** Whether the published entry has changed since: publishing would be refused until someone chooses. */
      isBehind:
        (await store.version(draft.root)) !==
        (await store.version(draft.root, draft.base)),
    };
  },

  unpublishedEntryDataFile: async (store, { path: wanted, ...name }) => {
    const [bytes] = await store.read([await store.draftFile(name, wanted)]);
    return { data: bytes!.toString() };
  },

  unpublishedEntryMediaFile: async (store, { path: wanted, ...name }) =>
    media(store, [await store.draftFile(name, wanted)]).then(([one]) => one),

  deleteUnpublishedEntry: async (store, { seen: version, ...name }, editor) => {
    await store.dropDraft(editor(), name, version);
    return DONE;
  },

  persistEntry: async (store, { dataFiles, assets, options, seen }, editor) => {
    const [{ slug, path: main, raw, newPath }] = dataFiles as [
      Params<"persistEntry">["dataFiles"][number],
    ];
    if (newPath !== undefined && newPath !== main)
      throw new Refusal(422, deskText.rename);
    if (
      entryPlace(main).main !== main ||
      assets.some((one) => one.path === main)
    )
      throw new Refusal(422, deskText.badRequest);
    const files = [
      { path: main, bytes: Buffer.from(raw) },
      ...(await Promise.all(assets.map(attachedOf))),
    ];
    const name: DraftName = { collection: options.collectionName, slug };
    const writer = editor();
    const mayApprove = writer.role === "approver";
    const version = options.useWorkflow
      ? await store.saveDraft(writer, name, files, seen, mayApprove)
      : await store.save(writer, files, seen);
    return { ...DONE, version };
  },

  updateUnpublishedEntryStatus: async (
    store,
    { newStatus, seen: version, ...name },
    editor,
  ) => {
    await store.setState(editor(), name, newStatus, version);
    return DONE;
  },

  publishUnpublishedEntry: async (
    store,
    { seen: version, ...name },
    editor,
  ) => {
    await store.publish(editor(), name, version);
    return DONE;
  },

  returnEntry: async (store, { reason, seen: version, ...name }, editor) => {
    await store.giveBack(editor(), name, reason, version);
    return DONE;
  },

  keepMine: async (store, { seen: version, ...name }, editor) => {
    await store.keepMine(editor(), name, version);
    return DONE;
  },

  // As Decap's notes pane shows them. An entry without a draft has none.
  getNotes: async (store, name) => {
    const draft = await store.findDraft(name);
    const returns = draft ? await store.returns(draft) : [];
    return returns.map(({ id, reason, by, at, isOpen }) => ({
      id,
      author: by,
      content: reason,
      timestamp: at,
      resolved: !isOpen,
      isOwn: false,
    }));
  },

  getMedia: async (store, { mediaFolder }) => {
    const files = await store.list(mediaFolder);
    return media(
      store,
      files.filter(
        (one) =>
          depthBelow(mediaFolder, one.path) === 1 &&
          !/\.(?:mdx|yaml)$/.test(one.path),
      ),
    );
  },

  getMediaFile: (store, { path: wanted }) => published(store, wanted),

  persistMedia: async (store, { asset: given }, editor) => {
    await store.addFile(editor(), await attachedOf(given));
    return published(store, given.path);
  },

  deleteFile: async (store, { path: wanted, seen: version }, editor) => {
    await store.remove(editor(), [wanted], version);
    return DONE;
  },

  deleteFiles: async (store, { paths, seen: version }, editor) => {
    await store.remove(editor(), paths, version);
    return DONE;
  },

  getDeployPreview: async () => null,
};

const request = z.object({
  action: z.enum(Object.keys(PARAMS) as [Action, ...Action[]]),
  branch: z.string().optional(),
  params: z.looseObject({ branch: z.string().optional() }).default({}),
});

/**
 * Does what a request asks for.
 *
 * @param body a request's JSON, not checked yet
 * @param known who asks, where the desk knows it: then what they may not do is refused
 * @param editor the same, or who the browser says it is; called only for what writes, and may throw a Refusal
 * @returns what Decap expects as JSON
 * @throws Refusal for what is not allowed, not there or not up to date
 */
export async function act(
  store: Store,
  body: unknown,
  known: Member | undefined,
  editor: () => Member,
): Promise<unknown> {
  const { action, branch, params } = parse(request, body);
  const perform = await prepare(store, known, action, params);
  const { branch: published } = await store.published();
  for (const named of [branch, params.branch])
    if (named !== undefined && `refs/heads/${named}` !== published)
      throw new Refusal(
        409,
        deskText.otherBranch(published.slice("refs/heads/".length)),
      );
  return perform(editor);
}

/** Checks an action's parameters, and who asks for it, before anything is done. */
async function prepare<A extends Action>(
  store: Store,
  known: Member | undefined,
  action: A,
  given: unknown,
) {
  const schema: z.ZodType = PARAMS[action];
  const params = parse(schema, given) as Params<A>;
  if (known) await checkRole(store, known, action, params);
  return (editor: () => Member) => ACTIONS[action](store, params, editor);
}

function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new Refusal(422, deskText.badRequest);
}

const depthBelow = (below: string, found: string): number =>
  found.slice(below ? below.length + 1 : 0).split("/").length;

const entry = (found: string, id: string | null, text: string | null) => ({
  data: text,
  file: { path: `${ROOT}/${found}`, id },
});

async function openEntry(store: Store, wanted: string, label?: string) {
  const { root } = entryPlace(wanted);
  // Before the text: should it change in between, a save of it is refused rather than another's lost.
  const version = await store.version(root);
  const found = (await store.list(root)).find((one) => one.path === wanted);
  const [bytes] = await store.read(found ? [found] : []);
  const { data, file: told } = entry(
    wanted,
    found?.oid ?? null,
    bytes?.toString() ?? null,
  );
  return {
    data,
    file: label === undefined ? told : { ...told, label },
    version,
  };
}

async function published(store: Store, wanted: string) {
  const found = (await store.list(wanted)).find((one) => one.path === wanted);
  if (!found) throw new Refusal(404, deskText.noFile(wanted));
  const [one] = await media(store, [found]);
  return one;
}

async function media(
  store: Store,
  files: readonly { path: string; oid: string }[],
) {
  const contents = await store.read(files);
  return files.map(({ path: found, oid }, at) => ({
    id: oid,
    name: path.posix.basename(found),
    path: `${ROOT}/${found}`,
    content: contents[at]!.toString("base64"),
    encoding: "base64",
  }));
}

/** What an editor puts beside an entry, as it may be kept. What is not for pictures and documents, the store refuses. */
async function attachedOf({
  path: given,
  content,
}: z.output<typeof asset>): Promise<DeskFile> {
  const file = { path: given, bytes: Buffer.from(content, "base64") };
  const { main } = entryPlace(given);
  checkWritable(given, { main });
  return given === main ? file : saneFile(file);
}
