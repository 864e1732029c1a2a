/** Asking the desk, by which the CMS and its pages do: what is no answer of the desk is told in our words. */
import { adminText } from "../src/i18n/admin.ts";
import type { Problem } from "../src/schema/problem.ts";

/** Where the desk answers: below the page's own address, whatever the site's base path. */
export const addressOf = (room: string): string =>
  new URL(`api/${room}`, new URL(".", location.href)).pathname;

/** What the desk, or the way to it, said no with. */
export class DeskError extends Error {
  /** 0 when there was no answer that is the desk's. */
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(
    message: string,
    status: number,
    problems: readonly Problem[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = status;
    this.problems = problems;
  }

  /** Decap shows it after its own words. */
  override toString(): string {
    return this.message;
  }
}

/** Asks for JSON. @throws DeskError for anything else */
export async function askJson(send: () => Promise<Response>): Promise<unknown> {
  let response: Response;
  try {
    response = await send();
  } catch (cause) {
    throw new DeskError(adminText.trouble.noAnswer, 0, [], { cause });
  }
  let json: unknown;
  try {
    json = await response.json();
  } catch {
    // A proxy before the desk answers with a page of its own: to log in again, or that the desk is down.
    throw notOurs(response.status);
  }
  if (response.ok) return json;
  const { error, problems } = json as {
    error?: string;
    problems?: Problem[];
  };
  const { loggedOut, noAnswer } = adminText.trouble;
  const words = response.status === 401 ? loggedOut : (error ?? noAnswer);
  throw new DeskError(words, response.status, problems);
}

/** What the answer of a web server before the desk means. */
function notOurs(status: number): DeskError {
  const { noAnswer, loggedOut, tooLarge, tooMany } = adminText.trouble;
  if (status === 413) return new DeskError(tooLarge, status);
  if (status === 429) return new DeskError(tooMany, status);
  return status >= 500
    ? new DeskError(noAnswer, 0)
    : new DeskError(loggedOut, 401);
}
