/** The desk: editors' side of the content, over HTTP. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { deskText } from "../i18n/desk.ts";
import {
  checkRequest,
  editorFromHeaders,
  readJson,
  Refusal,
  type Hosts,
  type Identify,
} from "./guard.ts";
import { act } from "./protocol.ts";
import { Store, type Judge } from "./store.ts";
import { isLocked } from "./worktree.ts";

export interface DeskOptions {
  /** Absolute path of the content folder, inside a git repository. */
  contentDir: string;
  /** What `Host` may say: every name and port that editors reach the desk by. */
  hosts: Hosts;
  judge: Judge;
  /** Who the editor is; by default what the editor's browser says. */
  identify?: Identify;
  /** The most that one request may carry: a story with its pictures. */
  maxBytes?: number;
}

/** Answers one request, whatever it is; never throws. */
export type DeskHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

/** Three phone photographs as they come, and some. */
const MAX_BYTES = 64_000_000;

/**
 * Opens the desk of a content folder. The caller listens, on loopback, and hands over what is asked at the
 * address that Decap's `proxy_url` names.
 *
 * @throws Error in Vietnamese when the folder is in no git repository, or no branch is checked out
 */
export async function openDesk({
  contentDir,
  hosts,
  judge,
  identify = editorFromHeaders,
  maxBytes = MAX_BYTES,
}: DeskOptions): Promise<DeskHandler> {
  const store = await Store.open(contentDir, judge);
  return async (request, response) => {
    const editor = () => {
      const person = identify(request);
      if (!person) throw new Refusal(401, deskText.noEditor);
      return person;
    };
    try {
      checkRequest(request, hosts);
      const body = await readJson(request, maxBytes);
      answer(response, 200, await act(store, body, editor));
    } catch (thrown) {
      const { status, message, problems } = refusalFor(thrown);
      if (request.errored) return;
      // What has not been read of a body is read and forgotten, so that the answer gets through.
      request.resume();
      response.setHeader("connection", "close");
      answer(response, status, { error: message, problems });
    }
  };
}

function refusalFor(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (isLocked(thrown)) return new Refusal(503, deskText.locked);
  console.error(thrown);
  return new Refusal(500, deskText.broken);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(JSON.stringify(body));
}
