/** A static host as sites have one: files compressed beforehand with brotli, long-lived ones kept by browsers. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import sirv from "sirv";

const COMPRESSED = /\.(?:html|css|js|svg|xml|json|txt)$/;

/**
 * Serves a built site on loopback, under a free port.
 *
 * @param outDir a folder of its own: compressed copies are written beside the files
 */
export function host(outDir: string): Promise<Server> {
  for (const name of readdirSync(outDir, {
    recursive: true,
    encoding: "utf8",
  })) {
    if (!COMPRESSED.test(name)) continue;
    const file = path.join(outDir, name);
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
  }
  const files = sirv(outDir, {
    etag: true,
    brotli: true,
    setHeaders: (response, pathname) =>
      response.setHeader(
        "cache-control",
        /^\/_(?:astro|media|files)\//.test(pathname)
          ? "public, max-age=31536000, immutable"
          : "public, max-age=0, must-revalidate",
      ),
  });
  const server = createServer((request, response) =>
    files(request, response, () => {
      response.writeHead(404).end();
    }),
  );
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "localhost", () => resolve(server));
  });
}
