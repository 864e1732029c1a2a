/** The desk, as the browser asks it: Decap's own requests, and ours beside them. */
import { deskFetch, type Writer } from "../src/desk/client.ts";
import { addressOf, askJson, DeskError } from "./ask.ts";
import { finalOf } from "./format.ts";

export { addressOf, askJson, DeskError } from "./ask.ts";

let asked = 0;

/** Whether nothing is being asked of the desk at this moment. */
export const isQuiet = (): boolean => asked === 0;

interface Payload {
  action: string;
  params: Record<string, unknown>;
}

/** Asks the desk for one action of its protocol. @throws DeskError */
export type Ask = (action: string, params?: object) => Promise<unknown>;

const post = (
  send: typeof fetch,
  payload: { action: string; params: object; branch?: string },
): Promise<unknown> =>
  askJson(() =>
    send(addressOf("desk"), {
      method: "POST",
      headers: { "Content-Type": "application/json; charset=utf-8" },
      body: JSON.stringify(payload),
    }),
  );

/** Asks for something that no form shows: an editor has not seen it by that. */
export const askDesk: Ask = (action, params = {}) =>
  post(fetch, { action, params });

/** What of Decap's backends is used and replaced here. */
interface Proxy {
  branch: string;
  request(payload: Payload): Promise<unknown>;
  unpublishedEntry(name: object): Promise<unknown>;
  persistEntry(
    entry: { dataFiles: { raw: string }[] },
    options: unknown,
  ): Promise<unknown>;
}
export interface Backends {
  getBackend(name: string): { init(...settings: unknown[]): Proxy };
  registerBackend(name: string, backend: object): void;
}

export interface DeskEvents {
  /** Whether approving and publishing is offered. */
  mayApprove: boolean;
  writer: () => Writer;
  /** Told of every request that was refused or failed. */
  failed: (action: string, error: DeskError) => void;
  /** Told of what an entry's file holds, as far as the desk showed or took it. */
  shown: (path: string, text: string) => void;
  saved: (path: string, text: string) => void;
  /** Told when something has been changed. */
  changed: () => void;
  logout: () => void;
}

/**
 * Registers the backend `desk`: Decap's own for its proxy protocol, with requests that tell who writes and
 * which version they have seen, and errors in our words.
 *
 * @returns asks the same way
 */
export function registerDesk(cms: Backends, events: DeskEvents): Ask {
  const send = deskFetch(fetch, addressOf("desk"), events.writer);
  const request = async (payload: Payload & { branch?: string }) => {
    asked++;
    try {
      const answer = await post(send, payload);
      tellShown(payload, answer, events);
      if (!/^(?:get|info|entries|unpublished)/.test(payload.action))
        events.changed();
      return answer;
    } catch (error) {
      events.failed(payload.action, error as DeskError);
      throw error;
    } finally {
      asked--;
    }
  };
  class Desk {
    constructor(...settings: unknown[]) {
      const proxy = cms.getBackend("proxy").init(...settings);
      const persistEntry = proxy.persistEntry.bind(proxy);
      const unpublishedEntry = proxy.unpublishedEntry.bind(proxy);
      return Object.assign(proxy, {
        request: (payload: Payload) =>
          request({ branch: proxy.branch, ...payload }),
        persistEntry: (
          entry: Parameters<Proxy["persistEntry"]>[0],
          options: unknown,
        ) =>
          persistEntry(
            { ...entry, dataFiles: entry.dataFiles.map(judged) },
            options,
          ),
        unpublishedEntry: async (name: object) => {
          const found = await unpublishedEntry(name);
          if (found === null) throw new NoDraft();
          return found;
        },
        authenticate: () => {
          const { name, mail } = events.writer();
          return Promise.resolve({
            name,
            login: name,
            email: mail,
            // What Decap calls somebody who may write and submit, but not publish.
            useOpenAuthoring: !events.mayApprove,
          });
        },
        logout: events.logout,
      });
    }
  }
  cms.registerBackend("desk", Desk);
  return (action, params = {}) => request({ action, params: { ...params } });
}

/** What Decap knows an entry without a draft by. */
class NoDraft extends Error {
  override name = "EDITORIAL_WORKFLOW_ERROR";
  notUnderEditorialWorkflow = true;
}

/** Nothing is sent that did not pass the judge. */
export function judged<File extends { raw: string }>(file: File): File {
  const raw = finalOf(file.raw);
  if (raw === undefined) throw new Error("not judged");
  return { ...file, raw };
}

function tellShown(
  { action, params }: Payload,
  answer: unknown,
  { shown, saved }: DeskEvents,
): void {
  const path = String(params.path);
  const { data } = (answer ?? {}) as { data?: unknown };
  if (action === "getEntry" || action === "unpublishedEntryDataFile") {
    if (typeof data === "string") shown(path, data);
  } else if (action === "persistEntry")
    for (const file of params.dataFiles as { path: string; raw: string }[])
      saved(file.path, file.raw);
}
