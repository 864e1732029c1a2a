/** The desk: editors' side of the content, over HTTP. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { deskText } from "../i18n/desk.ts";
import type { Identify, Member } from "./accounts.ts";
import {
  checkOrigin,
  checkType,
  editorFromHeaders,
  parseJson,
  readBytes,
  Refusal,
  type Hosts,
} from "./guard.ts";
import { PICTURES } from "./pictures.ts";
import { act } from "./protocol.ts";
import {
  DESK_ADDRESS,
  json,
  JSON_BODY,
  REALM,
  type Answer,
  type Asked,
  type Room,
  type RoomName,
} from "./room.ts";
import type { Store } from "./store.ts";
import { isLocked } from "./worktree.ts";

export interface DeskOptions {
  /** What editors write in, or why nothing can be written. */
  store: Store | string;
  /** What `Host` may say: every name and port that editors reach the desk by. */
  hosts: Hosts;
  /** Who sent a request. Without it what the editor's browser says is believed, and everything allowed. */
  identify?: Identify | undefined;
  /** Where one logs out, when that is not the web server's own login. */
  leave?: string | undefined;
  /** The most that one save may carry: a story with its pictures. */
  maxBytes?: number | undefined;
  /** What else is answered below `/admin/api/`. */
  rooms?: Partial<
    Record<Exclude<RoomName, "desk" | "me" | "logout" | "pictures">, Room>
  >;
}

export interface DeskHandler {
  /** Answers one request, whatever it is; never throws. */
  (request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Waits until everything that was asked is answered. */
  idle(): Promise<void>;
}

const compress = promisify(gzip);

/** Three phone photographs as they come, and some. */
const MAX_BYTES = 64_000_000;

/**
 * Makes the desk of a store. The caller listens, on loopback, and hands over every request whose address,
 * without the site's base path, begins with `DESK_ADDRESS`.
 */
export function openDesk({
  store,
  hosts,
  identify,
  leave,
  maxBytes = MAX_BYTES,
  rooms = {},
}: DeskOptions): DeskHandler {
  const all = new Map<string, Room>(
    Object.entries({
      ...rooms,
      desk: deskRoom(store, maxBytes),
      me: meRoom(leave),
      logout: LOGOUT,
      pictures: PICTURES,
    }),
  );
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      checkOrigin(request, hosts);
      // Who may not come in is told so before anything else, and at the end of a long body once more.
      identify?.(request);
      const { pathname, searchParams } = new URL(request.url!, "http://desk");
      const room = pathname.startsWith(DESK_ADDRESS)
        ? all.get(pathname.slice(DESK_ADDRESS.length))
        : undefined;
      if (!room) throw new Refusal(404, deskText.noRoom);
      const body = await bodyFor(room, request);
      const known = identify?.(request);
      const editor = () => known ?? believed(request);
      const asked = { query: searchParams, ...body, known, editor };
      await send(request, response, await room.answer(asked));
    } catch (thrown) {
      // Whoever hung up in the middle of a request is told nothing, and nothing is broken.
      if (request.errored) return;
      const { status, message, problems } = refusalFor(thrown);
      // What has not been read of a body is read and forgotten, so that the answer gets through.
      request.resume();
      response.setHeader("connection", "close");
      await send(request, response, {
        status,
        ...json({ error: message, problems }),
      });
    }
  };
  const busy = new Set<Promise<void>>();
  const handler = async (
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const closed = new Promise((resolve) => response.once("close", resolve));
    const answered = handle(request, response).then(
      async () => void (await closed),
    );
    busy.add(answered);
    await answered.finally(() => busy.delete(answered));
  };
  const idle = async () => {
    while (busy.size > 0) await Promise.all(busy);
  };
  return Object.assign(handler, { idle });
}

/** Who the browser says that the editor is. @throws Refusal when it does not say */
function believed(request: IncomingMessage): Member {
  const person = editorFromHeaders(request);
  if (!person) throw new Refusal(401, deskText.noEditor);
  return { ...person, role: "approver" };
}

/** What a room is sent. @throws Refusal for what it does not take */
async function bodyFor(
  { method, accepts = JSON_BODY, maxBytes = MAX_BYTES }: Room,
  request: IncomingMessage,
): Promise<Pick<Asked, "bytes" | "type">> {
  if (request.method !== method) throw new Refusal(405, deskText.badMethod);
  if (method === "GET") return { bytes: Buffer.alloc(0), type: "" };
  const type = checkType(request, accepts);
  return { type, bytes: await readBytes(request, maxBytes) };
}

/** Who asks, and where they log out; nothing where the browser itself says who writes. */
const meRoom = (leave: string | undefined): Room => ({
  method: "GET",
  answer: async ({ known }) =>
    json(
      known
        ? {
            ...known,
            leave: leave ?? `logout?mail=${encodeURIComponent(known.mail)}`,
          }
        : null,
    ),
});

/**
 * Basic authentication knows no logging out: the browser forgets a login that is refused, and asks anew. Whoever
 * logs in then as somebody else is led back.
 */
const LOGOUT: Room = {
  method: "GET",
  answer: async ({ known, query }): Promise<Answer> => {
    const type = "text/plain; charset=utf-8";
    if (known && known.mail !== query.get("mail"))
      return { status: 303, type, headers: { location: "../" }, body: "" };
    const challenge = `Basic realm="${REALM}", charset="UTF-8"`;
    return {
      status: 401,
      type,
      headers: { "www-authenticate": challenge },
      body: deskText.loggedOut,
    };
  },
};

/** Decap's protocol. */
const deskRoom = (store: Store | string, maxBytes: number): Room => ({
  method: "POST",
  maxBytes,
  answer: async ({ bytes, known, editor }) => {
    if (typeof store === "string") throw new Refusal(503, store);
    return json(await act(store, parseJson(bytes), known, editor));
  },
});

function refusalFor(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (isLocked(thrown)) return new Refusal(503, deskText.locked);
  console.error(thrown);
  return new Refusal(500, deskText.broken);
}

/** Below this, the smaller body would not save a packet. */
const WORTH_SMALLER = 1400;

/** Answers, compressed where it is worth it and the browser knows how. */
async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status = 200, type, headers, body }: Answer,
): Promise<void> {
  const isSmaller =
    body.length > WORTH_SMALLER &&
    /^(?:application\/json|text\/)/.test(type) &&
    /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
  response.writeHead(status, {
    ...headers,
    "content-type": type,
    ...(isSmaller ? { "content-encoding": "gzip" } : {}),
    vary: "accept-encoding",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    // Nothing answered here is a page: whoever opens it as one gets nothing that runs.
    "content-security-policy": "default-src 'none'; sandbox",
  });
  response.end(isSmaller ? await compress(body, { level: 4 }) : body);
}
