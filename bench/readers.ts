/**
 * Readers of a site, so many a second whatever it answers: a process of its own for `npm run bench -- load`. Told
 * the origin, readers a second and seconds; prints what they met as one line of JSON.
 */
import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** What readers met. Milliseconds are from the moment a reader was to come, so a server that stands still shows. */
export interface Met {
  asked: number;
  /** What went wrong, and how often. */
  errors: Record<string, number>;
  /** The slowest of so many in a hundred. */
  p50: number;
  p99: number;
  max: number;
}

/** A reader who gets no answer for so long has gone. */
const PATIENCE_MS = 10_000;
/** What is asked for besides stories, by how many readers in a hundred. */
const OTHERS: [address: string, share: number][] = [
  ["/", 8],
  ["/mo-hinh/", 5],
  ["/dien-hinh/", 4],
  ["/tin-tuc/", 6],
  ["/tim-kiem/", 3],
  ["/rss.xml", 4],
  ["/api/v1/stories.json", 2],
  ["/nhung/moi-nhat/", 6],
];

const [origin = "", rate = "", seconds = ""] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true });

/** Asks for a page to its last byte. @throws what went wrong, in few words */
function read(address: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = http.get(
      new URL(address, origin),
      {
        agent,
        headers: { "accept-encoding": "gzip" },
        timeout: PATIENCE_MS,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("close", () => {
          if (!response.complete) reject(new Error("cut short"));
          else if (response.statusCode !== 200)
            reject(new Error(`status ${response.statusCode}`));
          else resolve(Buffer.concat(parts));
        });
      },
    );
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", (error: NodeJS.ErrnoException) =>
      reject(new Error(error.code ?? error.message)),
    );
  });
}

/** The addresses of stories, as the sitemaps have them. */
async function stories(): Promise<string[]> {
  const locations = async (address: string) => {
    const response = await fetch(new URL(address, origin));
    return [...(await response.text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map(
      ([, url]) => new URL(url!).pathname,
    );
  };
  const maps = await locations("/sitemap-index.xml");
  const pages = (await Promise.all(maps.map(locations))).flat();
  return pages.filter((page) =>
    /^\/(?:mo-hinh|dien-hinh|tin-tuc)\/(?!trang-\d+\/$)[^/]+\/$/.test(page),
  );
}

/** What the nth reader wants: every page now and then, in no order that a cache would like. */
function wanted(index: number, pages: readonly string[]): string {
  let share = index % 100;
  for (const [address, part] of OTHERS) {
    if (share < part) return address;
    share -= part;
  }
  return pages[(index * 7919) % pages.length]!;
}

const pages = await stories();
const took: number[] = [];
const errors: Met["errors"] = {};
const under = new Set<Promise<void>>();
const started = performance.now();
const all = Number(rate) * Number(seconds);
for (let index = 0; index < all; index++) {
  const due = started + (index * 1000) / Number(rate);
  const early = due - performance.now();
  if (early > 1) await pause(early);
  const visit = read(wanted(index, pages)).then(
    () => void took.push(performance.now() - due),
    ({ message }: Error) => void (errors[message] = (errors[message] ?? 0) + 1),
  );
  under.add(visit);
  void visit.finally(() => under.delete(visit));
}
await Promise.all(under);
took.sort((a, b) => a - b);
const part = (share: number) =>
  Math.round((took[Math.floor(share * (took.length - 1))] ?? 0) * 10) / 10;
const met: Met = {
  asked: all,
  errors,
  p50: part(0.5),
  p99: part(0.99),
  max: part(1),
};
console.log(JSON.stringify(met));
agent.destroy();
