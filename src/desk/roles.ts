/**
 * Who may do what: the one table. An editor writes and submits, an approver does the rest. An action that is not
 * in the table does not compile, and one that the protocol does not know is nobody's.
 */
import { deskText } from "../i18n/desk.ts";
import { isSetting, type KindName } from "../schema/kinds.ts";
import type { Member } from "./accounts.ts";
import { entryPlace, Refusal } from "./guard.ts";
import type { Action, Params } from "./protocol.ts";
import type { Draft, DraftName, Store } from "./store.ts";

/**
 * What it takes:
 * - `editor`: an account
 * - `text`: an editor's, unless it is about what the whole site goes by
 * - `own`: as `text`, and nobody else has written in the draft
 * - `approver`: an approver's account
 */
type Needs = "editor" | "text" | "own" | "approver";

const NEEDS: { [A in Action]: Needs | ((params: Params<A>) => Needs) } = {
  info: "editor",
  entriesByFolder: "editor",
  choices: "editor",
  entriesByFiles: "editor",
  getEntry: "editor",
  unpublishedEntries: "editor",
  unpublishedEntry: "editor",
  unpublishedEntryDataFile: "editor",
  unpublishedEntryMediaFile: "editor",
  getNotes: "editor",
  getMedia: "editor",
  getMediaFile: "editor",
  getDeployPreview: "editor",
  persistEntry: ({ options }) => (options.useWorkflow ? "text" : "approver"),
  updateUnpublishedEntryStatus: ({ newStatus }) =>
    newStatus === "pending_publish" ? "approver" : "text",
  keepMine: "text",
  deleteUnpublishedEntry: "own",
  publishUnpublishedEntry: "approver",
  returnEntry: "approver",
  persistMedia: "approver",
  deleteFile: "approver",
  deleteFiles: "approver",
};

/** @throws Refusal that says why, when somebody may not do it */
export async function checkRole<A extends Action>(
  store: Store,
  { role, mail }: Member,
  action: A,
  params: Params<A>,
): Promise<void> {
  if (role === "approver") return;
  const rule = NEEDS[action];
  const needs = typeof rule === "function" ? rule(params) : rule;
  if (needs === "editor") return;
  if (needs === "approver") throw new Refusal(403, deskText.approverOnly);
  const { draft, kind } = await subjectOf(store, params);
  if (kind && isSetting(kind)) throw new Refusal(403, deskText.settingsOnly);
  if (needs !== "own" || !draft) return;
  const other = (await store.writers(draft)).find((one) => one.mail !== mail);
  if (other) throw new Refusal(403, deskText.notYours(other.name));
}

/** What an action is about: the entry that is sent, else that of the draft it names. */
async function subjectOf(
  store: Store,
  params: Params<Action>,
): Promise<{ draft?: Draft | undefined; kind?: KindName }> {
  const { collection, slug, dataFiles } = params as Partial<
    DraftName & Params<"persistEntry">
  >;
  if (dataFiles) return { kind: entryPlace(dataFiles[0]!.path).kind };
  if (collection === undefined || slug === undefined) return {};
  const draft = await store.findDraft({ collection, slug });
  return draft ? { draft, kind: store.placeOf(draft).kind } : {};
}
