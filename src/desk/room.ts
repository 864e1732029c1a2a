/** What one place of the desk is asked and answers; `desk.ts` guards them all and finds the one that is asked. */
import type { KindName } from "../schema/kinds.ts";
import type { Member } from "./accounts.ts";

/** A request that passed the guard. */
export interface Asked {
  /** What stands behind `?`. */
  query: URLSearchParams;
  /** The body as it came; empty for GET. */
  bytes: Buffer;
  /** The body's content type, in small letters, without its parameters. */
  type: string;
  /** Who asks, where there are accounts. */
  known: Member | undefined;
  /** Who asks; without accounts who the browser says it is, who may do everything. @throws Refusal when nobody says */
  editor: () => Member;
}

export interface Answer {
  /** 200 when left out. */
  status?: number;
  type: string;
  /** Besides the type and what every answer has. */
  headers?: Record<string, string>;
  body: string | Uint8Array;
}

/** One place below `/admin/api/`. What it throws is told: a `Refusal` with its words, anything else as broken. */
export interface Room {
  method: "GET" | "POST";
  /** What the body may be, in the letters of `Content-Type`; for POST alone. */
  accepts?: RegExp;
  /** The most a body may have. */
  maxBytes?: number;
  answer(asked: Asked): Promise<Answer>;
}

/** What the desk's browser side asks for: every address `/admin/api/<name>`. */
export type RoomName =
  | "desk"
  | "pictures"
  | "preview"
  | "status"
  | "me"
  | "log"
  | "health"
  | "logout";

/**
 * What a web server's basic authentication calls the place that one logs in to. Browsers forget a login when an
 * answer of the same name refuses it.
 */
export const REALM = "Ban bien tap";

/** Where the desk answers, below the site's base path. */
export const DESK_ADDRESS = "/admin/api/";

/**
 * Stands before an entry's fields (JSON) where a list holds them in place of its text. No text that can be
 * saved holds NUL, so what a list showed cannot be taken for the entry.
 */
export const LISTED = "\0";

/** An entry as a choice names it: as much of what it says of itself as is text. */
export interface Brief {
  id: string;
  title?: string;
  type?: string;
  number?: string;
  formerUnits?: string[];
  /** The first one's name. */
  recipient?: string;
}

/** Every published entry, by its kind. */
export type Briefs = { [K in KindName]?: Brief[] };

/** The one content type of most bodies. */
export const JSON_BODY = /^application\/json$/;

export const json = (value: unknown): Answer => ({
  type: "application/json; charset=utf-8",
  body: JSON.stringify(value),
});
