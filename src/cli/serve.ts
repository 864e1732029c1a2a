/** Serves the built site on this machine, as a static host would. */
import { readFileSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import path from "node:path";
import sirv from "sirv";
import { adminText } from "../i18n/admin.ts";
import { text } from "../i18n/vi.ts";
import { HOSTING, headersFor } from "../hosting/headers.ts";
import { readHeaderRules } from "../hosting/publish.ts";
import { DESK_ADDRESS } from "../desk/room.ts";
import type { Settings } from "../loader/settings.ts";

/** Where the CMS is, and its other pages. */
const ADMIN = "/admin/";
const PAGES = [
  ADMIN,
  ...[adminText.guide, adminText.log, adminText.health].map(
    ({ folder }) => `${ADMIN}${folder}/`,
  ),
];

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * Serves the output folder under the site's base path, on loopback only.
 *
 * @param desk answers what is asked below `DESK_ADDRESS`, the base path taken off; without it nothing is there
 * @returns the listening server
 * @throws what the system says when the port cannot be had, with its `code`
 */
export function serveFolder(
  { outDir, base }: Pick<Settings, "outDir" | "base">,
  port: number,
  desk?: Handler,
): Promise<Server> {
  // The folder changes while it is served: nothing is remembered of it.
  const files = sirv(outDir, { dev: true, etag: true });
  const admin = sirv(outDir, {
    dev: true,
    etag: true,
    brotli: true,
    gzip: true,
  });
  const server = createServer((request, response) => {
    const notFound = () => {
      response.writeHead(404, { "content-type": "text/html; charset=utf-8" });
      response.end(notFoundPage(outDir));
    };
    const url = request.url ?? "/";
    if (!url.startsWith(base) || climbs(url)) {
      if (`${url}/` === base || url === "/")
        response.writeHead(302, { location: base }).end();
      else notFound();
      return;
    }
    request.url = url.slice(base.length - 1);
    if (desk && request.url.startsWith(DESK_ADDRESS))
      return void desk(request, response);
    const [address = "/"] = request.url.split("?");
    const said = headersFor(
      readHeaderRules(outDir),
      decodeURIComponent(address),
    );
    for (const [name, value] of Object.entries(said))
      response.setHeader(name, value);
    if (address.startsWith(HOSTING) || address === "/_headers") notFound();
    else if (PAGES.includes(`${request.url}/`))
      response.writeHead(302, { location: `${url}/` }).end();
    else if (request.url.startsWith(ADMIN)) admin(request, response, notFound);
    else files(request, response, notFound);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "localhost", () => resolve(server));
  });
}

/** The site's own page; a word while a build is at work and has not made it yet. */
function notFoundPage(outDir: string): Buffer | string {
  try {
    return readFileSync(path.join(outDir, "404.html"));
  } catch {
    return text.notFoundTitle;
  }
}

/** Whether an address steps out of a folder, or cannot be read at all. sirv would let it see the folder's neighbours. */
function climbs(url: string): boolean {
  try {
    return /(?:^|[/\\])\.\.(?:[/\\]|$)/.test(
      decodeURIComponent(url.split("?")[0] ?? ""),
    );
  } catch {
    return true;
  }
}
