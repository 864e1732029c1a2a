/** Serves the built site on this machine, as a static host would. */
import { existsSync, readFileSync } from "node:fs";
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
import {
  ADMIN,
  INDEX,
  NOT_FOUND,
  NOT_SERVED,
  OEMBED,
  headerRules,
  headersFor,
  oembedFor,
} from "../hosting/headers.ts";
import { markerOf, readHosted } from "../hosting/publish.ts";
import { DESK_ADDRESS } from "../desk/room.ts";
import type { Settings } from "../loader/settings.ts";

/** The CMS, and its other pages. */
const PAGES = [
  ADMIN,
  ...[adminText.guide, adminText.log, adminText.health].map(
    ({ folder }) => `${ADMIN}${folder}/`,
  ),
];

/** Where a site is that has no address yet. */
const LOCAL = "http://localhost:4321";

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * Serves the output folder under the site's base path, on loopback only.
 *
 * @param desk answers what is asked below `DESK_ADDRESS`, the base path taken off; without it nothing is there
 * @returns the listening server
 * @throws what the system says when the port cannot be had, with its `code`
 */
export function serveFolder(
  {
    outDir,
    base,
    siteUrl = LOCAL,
  }: Pick<Settings, "outDir" | "base"> & Partial<Pick<Settings, "siteUrl">>,
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
    const notFound = () => send(response, outDir, 404, NOT_FOUND);
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
    const { address, query } = parted(request.url);
    const { moved, ...site } = readHosted(outDir);
    const to = Object.hasOwn(moved, address) ? moved[address] : undefined;
    if (NOT_SERVED_PATH.test(address)) return notFound();
    if (existsSync(path.join(outDir, markerOf(address))))
      return send(response, outDir, 410, address);
    if (to !== undefined)
      return response
        .writeHead(301, { location: based(base, to, query) })
        .end();
    if (PAGES.includes(`${address}/`))
      return response
        .writeHead(302, { location: based(base, `${address}/`, query) })
        .end();
    if (address === OEMBED) {
      const answer = oembedFor(new URLSearchParams(query), siteUrl + base);
      if (answer === 501) return response.writeHead(501).end();
      request.url = answer === 404 ? NOWHERE : answer;
    }
    const said = headersFor(headerRules(site), parted(request.url).address);
    const serve = address.startsWith(ADMIN) ? admin : files;
    response.setHeaders(new Map(Object.entries(said)));
    serve(request, response, notFound);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "localhost", () => resolve(server));
  });
}

/** An address that leads nowhere. */
const NOWHERE = "/-";
const NOT_SERVED_PATH = new RegExp(NOT_SERVED);

/** A path as it is meant, and what stands behind `?`. */
function parted(url: string): { address: string; query: string } {
  const [address = "/", ...query] = url.split("?");
  return {
    address: decodeURIComponent(address).replace(/\/{2,}/g, "/"),
    query: query.join("?"),
  };
}

const based = (base: string, address: string, query: string): string =>
  base.slice(0, -1) + address + (query && `?${query}`);

/**
 * A page that does not come as what was asked for: the notice in a story's place, or the site's own page for what
 * is not there; a word while a build is at work and has not made it yet.
 */
function send(
  response: ServerResponse,
  outDir: string,
  status: number,
  address: string,
): void {
  const page = [address.replace(/\/$/, `/${INDEX}`), NOT_FOUND]
    .map((file) => path.join(outDir, file))
    .find((file) => existsSync(file));
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.writeHead(status, {
    ...headersFor(headerRules(readHosted(outDir)), address),
    "content-type": "text/html; charset=utf-8",
  });
  response.end(page ? readFileSync(page) : text.notFoundTitle);
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
