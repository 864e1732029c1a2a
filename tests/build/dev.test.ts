import { expect, it } from "vitest";
import { skeleton } from "../support/corpus.ts";
import { all, readPage, textOf } from "../support/page.ts";
import { Started, freePort, get } from "../support/running.ts";
import { buildEnv, placeFor } from "../support/site.ts";

it("npm run dev shows content as it is edited, and tells of errors without stopping", async () => {
  const corpus = skeleton();
  corpus.story("models", "mo-hinh-mot", { title: "Tên ban đầu" });
  const file = "models/2026/mo-hinh-mot/index.mdx";
  const before = corpus.read(file);
  const port = await freePort();
  const started = new Started("src/cli/dev.ts", {
    ...buildEnv(placeFor(corpus.dir)),
    PORT: String(port),
  });
  await started.says(`http://localhost:${port}/`);
  const title = async (): Promise<string | undefined> => {
    const { body } = await get(port, "/mo-hinh/mo-hinh-mot/");
    const [heading] = all(readPage(body), "h1");
    return heading && textOf(heading);
  };
  /** An edit is seen a moment later: asks until it is. */
  const becomes = (wanted: string): Promise<void> =>
    expect
      .poll(title, { timeout: 60_000, interval: 100 })
      .toBe(wanted)
      .catch((thrown: unknown) => {
        throw new Error(`The server said:\n${started.output}`, {
          cause: thrown,
        });
      });

  expect(await title()).toBe("Tên ban đầu");
  corpus.write(file, before.replace("Tên ban đầu", "Tên mới"));
  await becomes("Tên mới");
  corpus.write(file, before.replace("title:", "tieu-de:"));
  await started.says("«Tiêu đề»: còn thiếu");
  await becomes("Không tìm thấy trang");
  corpus.write(file, before);
  await becomes("Tên ban đầu");
  // Saved, looked at, changed, looked at, taken back: faster than Astro follows.
  for (const round of [1, 2, 3, 4, 5]) {
    for (const name of [`Tên ${round}`, `Tên ${round} khác`, `Tên ${round}`]) {
      corpus.write(file, before.replace("Tên ban đầu", name));
      for (let looks = 0; looks < 3; looks++)
        await Promise.all([title(), title(), title()]);
    }
    await becomes(`Tên ${round}`);
  }
  corpus.remove("models/2026/mo-hinh-mot");
  await becomes("Không tìm thấy trang");
  expect((await get(port, "/")).status).toBe(200);

  // For those who draw motifs, and in development alone.
  const samples = await get(port, "/hoa-van/");
  expect(samples.status).toBe(200);
  expect(samples.body.match(/<svg class="cloth"/g)).toHaveLength(100);
});
