/** The views in other people's pages: frames of another site, with and without what these let them do. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Frame } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  ELEMENT_SCRIPT,
  NEWEST,
  RESIZE_SCRIPT,
  listEmbed,
  oembedOf,
  searchEmbed,
  storyEmbed,
} from "../../src/embeds/address.ts";
import type { Oembed } from "../../src/embeds/oembed.ts";
import { TAGS, axeFaults } from "../support/axe.ts";
import {
  serve,
  useBrowser,
  visit,
  type Page,
  type Served,
  type Visit,
} from "../support/browser.ts";
import { showcase } from "../support/showcase.ts";

// Pages of other sites stand nowhere in these tests, and the site on this machine, which strangers may not ask.
useBrowser("--disable-features=LocalNetworkAccessChecks");

/** A page that may frame the views, and one that may not. */
const HOST = "https://cong.example/";
const STRANGER = "https://la.example/";

let site: Served;
beforeAll(async () => {
  site = await serve(await showcase({ embedHosts: ["cong.example"] }));
});

const STORY = "/mo-hinh/mo-hinh-day-du/";
const VIEWS: Record<string, string> = {
  list: listEmbed(NEWEST, 3),
  "list with pictures": `${listEmbed("/mo-hinh/", 12, "dark")}?anh=co`,
  "list of a commune without a story": listEmbed("/dia-ban/tan-lap/"),
  card: storyEmbed(STORY),
  figures: storyEmbed(STORY, "figures"),
  text: storyEmbed(STORY, "text", "light"),
  "search box": searchEmbed(),
  "story that is gone": storyEmbed("/tin-tuc/tin-da-go/"),
};

const eventually = (what: () => unknown) =>
  expect.poll(what, { timeout: 20_000 });

interface Hosting {
  body: string;
  at?: string;
  headers?: Record<string, string>;
  width?: number;
  script?: boolean;
}

/** Shows a page of another site. */
const host = <T>(
  { body, at = HOST, headers = {}, width = 1280, script = true }: Hosting,
  go: (visit: Visit) => Promise<T>,
): Promise<T> =>
  visit({ width, script }, async (visit) => {
    await visit.page.route(`${at}**`, (route) =>
      route.fulfill({
        contentType: "text/html; charset=utf-8",
        headers,
        body: `<!doctype html><html lang="vi"><title>Cổng</title><body>${body}`,
      }),
    );
    await visit.page.goto(at);
    return go(visit);
  });

const frameHtml = (view: string, attributes = ""): string =>
  `<iframe title="Gương sáng" src="${site.origin}${view}" style="border:0;width:100%;height:70px" ${attributes}></iframe>`;
const scriptHtml = (address: string = RESIZE_SCRIPT): string =>
  `<script src="${site.origin}${address}" async></script>`;

/** A page's frames, when they are there. */
async function framesOf(page: Page, count: number): Promise<Frame[]> {
  await eventually(() => page.frames().length).toBeGreaterThan(count);
  const frames = page.frames().slice(1);
  for (const frame of frames) await frame.waitForLoadState();
  return frames;
}

const framed = async (page: Page): Promise<Frame> =>
  (await framesOf(page, 1))[0]!;

const heightOf = (page: Page, index = 0): Promise<number> =>
  page
    .locator("iframe")
    .nth(index)
    .evaluate((frame) => frame.clientHeight);

const contentHeight = (frame: Frame): Promise<number> =>
  frame.locator("main").evaluate((main) => main.getBoundingClientRect().height);

/** Waits until a frame is as high as what is in it. */
async function fits(page: Page, frame: Frame, index = 0): Promise<void> {
  await eventually(async () =>
    Math.abs((await heightOf(page, index)) - (await contentHeight(frame))),
  ).toBeLessThan(1);
  // Out of sight it has its height, and learns of it when it is seen.
  await page.locator("iframe").nth(index).scrollIntoViewIfNeeded();
  await eventually(() =>
    frame.evaluate(() => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } =
        document.documentElement;
      return [scrollHeight > clientHeight, scrollWidth > clientWidth];
    }),
  ).toEqual([false, false]);
}

describe("with the script in the page around", () => {
  const SANDBOXES = [
    "",
    'sandbox="allow-scripts"',
    'sandbox="allow-scripts allow-same-origin"',
  ];
  it.each(Object.entries(VIEWS))(
    "the frame of the %s is as high as it is, whatever it may do, and nothing scrolls",
    async (_name, view) => {
      const body = SANDBOXES.map((sandbox) => frameHtml(view, sandbox));
      for (const width of [320, 1280])
        await host(
          { body: body.join("") + scriptHtml(), width },
          async ({ page, complaints }) => {
            const frames = await framesOf(page, SANDBOXES.length);
            for (const [index, frame] of frames.entries()) {
              await fits(page, frame, index);
              // Fonts too have come, to a frame that has no origin.
              const fonts = await frame.evaluate(async () => {
                await document.fonts.ready;
                return [...document.fonts].map(({ status }) => status);
              });
              expect(fonts).toContain("loaded");
              // A picture has come when it is to be seen; of the same one in several frames requests are given up.
              await eventually(() =>
                frame
                  .locator("img")
                  .evaluateAll((all) =>
                    all
                      .slice(0, 1)
                      .map((image) => (image as HTMLImageElement).naturalWidth),
                  ),
              ).not.toContain(0);
            }
            expect(
              complaints.filter((text) => !/^failed: .*\/_media\//.test(text)),
            ).toEqual([]);
          },
        );
    },
  );

  it("follows when the frame becomes narrower, and when it leads on", () =>
    host({ body: frameHtml(VIEWS.list!) + scriptHtml() }, async ({ page }) => {
      const frame = await framed(page);
      await fits(page, frame);
      const wide = await heightOf(page);
      await page.setViewportSize({ width: 320, height: 800 });
      await eventually(() => heightOf(page)).toBeGreaterThan(wide);
      await fits(page, frame);
      await frame.locator(".here").first().click();
      await frame.waitForURL(/\/toan-van\/$/);
      await fits(page, frame);
    }));

  it("counts borders in where the page around does", () =>
    host(
      {
        body: `<style>iframe{box-sizing:border-box;border:5px solid!important}</style>${frameHtml(VIEWS.card!)}${scriptHtml()}`,
      },
      async ({ page }) => fits(page, await framed(page)),
    ));

  it("works once, however often it is there and whenever it comes", () =>
    host({ body: frameHtml(VIEWS.card!) }, async ({ page }) => {
      const frame = await framed(page);
      expect(await heightOf(page)).toBe(70);
      const names = () =>
        page.evaluate(() => Object.keys(window).sort().join());
      const before = await names();
      for (let time = 0; time < 2; time++)
        await page.addScriptTag({ url: site.origin + RESIZE_SCRIPT });
      await fits(page, frame);
      const after = (await names()).split(",");
      expect(after.filter((name) => !before.split(",").includes(name))).toEqual(
        ["guongSangNhung"],
      );
      const changes = await page.evaluate(async () => {
        const frame = document.querySelector("iframe")!;
        let count = 0;
        const observer = new MutationObserver((all) => (count += all.length));
        observer.observe(frame, { attributes: true });
        dispatchEvent(
          new MessageEvent("message", {
            source: frame.contentWindow,
            origin: new URL(frame.src).origin,
            data: { source: "guong-sang", v: 1, type: "height", height: 333 },
          }),
        );
        await new Promise((done) => setTimeout(done));
        return count;
      });
      expect(changes).toBe(1);
    }));

  it("believes nobody else, and no height out of reason", () =>
    host(
      {
        body: `${frameHtml(VIEWS.card!)}<iframe id="null" sandbox="allow-scripts" src="${site.origin}/khong-co.js" style="height:70px"></iframe>${scriptHtml()}`,
      },
      async ({ page }) => {
        await fits(page, await framed(page));
        const told = (message: {
          from?: "own" | "other" | "window";
          origin?: string;
          data: unknown;
        }): Promise<string> =>
          page.evaluate(({ from = "own", origin, data }) => {
            const [own, other] = document.querySelectorAll("iframe");
            own!.style.height = "70px";
            const source = { own, other }[from as "own"]?.contentWindow;
            dispatchEvent(
              new MessageEvent("message", {
                source: source ?? window,
                origin: origin ?? new URL(own!.src).origin,
                data,
              }),
            );
            return own!.style.height;
          }, message);
        const ours = (height: unknown) => ({
          source: "guong-sang",
          v: 1,
          type: "height",
          height,
        });
        // In every way of saying it.
        for (const data of [
          ours(333),
          ours("332.2"),
          { sentinel: "amp", type: "embed-size", height: 333 },
          { message: "height", value: 333, secret: "abc" },
          "pymxPYMxgsxPYMxheightxPYMx333",
        ])
          expect(await told({ data }), JSON.stringify(data)).toBe("333px");
        expect(await told({ data: ours(1) })).toBe("50px");
        expect(await told({ data: ours(1e9) })).toBe("20000px");
        for (const message of [
          { data: ours(333), origin: "https://la.example" },
          { data: ours(333), origin: "null" },
          { data: ours(333), from: "other" as const },
          { data: ours(333), from: "window" as const },
          { data: ours("cao") },
          { data: ours(-5) },
          { data: null },
          { data: "333" },
          { data: { type: "height", height: 333 } },
        ])
          expect(await told(message), JSON.stringify(message)).toBe("70px");
      },
    ));
});

describe("a view tells its height", () => {
  it("to AMP, pym and WordPress, each in its own words, and nothing else", () =>
    host(
      {
        body: `<script>heard=[];addEventListener("message",(e)=>heard.push(e.data))</script>${frameHtml(`${VIEWS.card}?initialWidth=700&childId=khung-1#?secret=aB3dE6gH9k`, 'sandbox="allow-scripts"')}`,
      },
      async ({ page }) => {
        const frame = await framed(page);
        const height = Math.ceil(await contentHeight(frame));
        const expected = [
          { source: "guong-sang", v: 1, type: "height", height },
          { sentinel: "amp", type: "embed-size", height },
          `pymxPYMxkhung-1xPYMxheightxPYMx${height}`,
          { message: "height", value: height, secret: "aB3dE6gH9k" },
        ];
        const heard = () =>
          page.evaluate(() => Reflect.get(window, "heard") as unknown[]);
        await eventually(heard).toEqual(expect.arrayContaining(expected));
        const kinds = (await heard()).map((message) =>
          JSON.stringify(message).replace(/\d+(?="?[,}]|"$)/g, ""),
        );
        expect(new Set(kinds).size).toBe(4);
      },
    ));
});

describe("links", () => {
  const titleOf = (frame: Frame) =>
    frame.locator(".teaser :is(h1,h2) a").first();

  it("open a new window where the frame may", () =>
    host(
      {
        body: frameHtml(
          VIEWS.card!,
          'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"',
        ),
      },
      async ({ page }) => {
        const frame = await framed(page);
        const [opened] = await Promise.all([
          page.waitForEvent("popup"),
          titleOf(frame).click(),
        ]);
        await opened.waitForURL(site.origin + STORY);
        expect(await opened.evaluate(() => window.opener)).toBeNull();
        expect(frame.url()).toBe(site.origin + VIEWS.card);
      },
    ));

  it("open one where windows stay as bound as the frame", () =>
    host(
      {
        body: frameHtml(VIEWS.card!, 'sandbox="allow-scripts allow-popups"'),
      },
      async ({ page }) => {
        const frame = await framed(page);
        const [opened] = await Promise.all([
          page.waitForEvent("popup"),
          titleOf(frame).click(),
        ]);
        // A page that said anything of its opener would not be shown.
        await opened.waitForURL(site.origin + STORY);
        await opened.locator("h1").waitFor();
      },
    ));

  it("lead to the text inside the frame where it may not, and keep what was chosen", () =>
    host(
      {
        body: frameHtml(
          `${listEmbed("/mo-hinh/", 3, "dark")}?anh=co&mau=8fc0ff`,
          'sandbox="allow-scripts"',
        ),
      },
      async ({ page }) => {
        const frame = await framed(page);
        await titleOf(frame).click();
        await frame.waitForURL(
          (url) =>
            url.pathname.endsWith("/toan-van/toi/") &&
            url.search === "?anh=co&mau=8fc0ff",
        );
        const [, story] = /\/nhung\/bai(.*)toan-van/.exec(frame.url())!;
        expect(await frame.locator("footer").innerText()).toContain(story);
        // What leads elsewhere prints its address.
        await frame.locator("footer a").click();
        expect(await frame.locator("footer .address").innerText()).toContain(
          story,
        );
      },
    ));

  it("lead to the text inside the frame where nothing runs at all", () =>
    host(
      { body: frameHtml(VIEWS.list!, "sandbox") },
      async ({ page, requests }) => {
        const frame = await framed(page);
        const here = frame.locator(".here").first();
        expect(await here.innerText()).toBe("Đọc ngay tại đây");
        await here.click();
        await frame.waitForURL(/\/nhung\/bai\/.*\/toan-van\/$/);
        const canonical = await frame
          .locator("link[rel=canonical]")
          .getAttribute("href");
        expect(await frame.locator("footer").innerText()).toContain(canonical);
        expect(requests.filter((url) => url.endsWith(".js"))).toEqual([]);
        await frame.locator("article + p .here").click();
        await frame.waitForURL(site.origin + listEmbed(NEWEST));
      },
    ));

  it("are WordPress's to follow where it listens, and lead on where it does not", () =>
    host(
      {
        body: `<script>heard=[];addEventListener("message",(e)=>e.data.message==="link"&&heard.push(e.data))</script>${frameHtml(`${VIEWS.card}#?secret=aB3dE6gH9k`, 'sandbox="allow-scripts" security="restricted"')}`,
      },
      async ({ page }) => {
        const frame = await framed(page);
        await titleOf(frame).click();
        await eventually(() =>
          page.evaluate(() => Reflect.get(window, "heard")),
        ).toEqual([
          {
            message: "link",
            value: site.origin + STORY,
            secret: "aB3dE6gH9k",
          },
        ]);
        await frame.waitForURL(/\/toan-van\/#\?secret=aB3dE6gH9k$/);
      },
    ));

  it("to places in a text stay in it, and others leave the frame alone", () =>
    host({ body: frameHtml(VIEWS.text!) }, async ({ page }) => {
      const frame = await framed(page);
      await frame.locator("[data-footnote-ref]").first().click();
      await frame.waitForURL(/toan-van\/sang\/#/);
      const [opened] = await Promise.all([
        page.waitForEvent("popup"),
        frame.locator(".prose a[href='/mo-hinh/']").click(),
      ]);
      await opened.waitForURL(`${site.origin}/mo-hinh/`);
    }));
});

describe("the search box", () => {
  it("opens what it finds in a new window", () =>
    host(
      { body: frameHtml(searchEmbed()), script: false },
      async ({ page }) => {
        const frame = await framed(page);
        await frame.locator("input").fill("làm đường");
        const [opened] = await Promise.all([
          page.waitForEvent("popup"),
          frame.locator("input").press("Enter"),
        ]);
        await opened.waitForURL(
          `${site.origin}/tim-kiem/?q=l%C3%A0m+%C4%91%C6%B0%E1%BB%9Dng`,
        );
      },
    ));

  it("prints the address of what it finds where forms and windows are blocked", () =>
    host(
      { body: frameHtml(searchEmbed(), 'sandbox="allow-scripts"') },
      async ({ page }) => {
        const frame = await framed(page);
        await frame.locator("input").fill("chè");
        await frame.locator("input").press("Enter");
        await eventually(() =>
          frame.locator("form + .address").innerText(),
        ).toContain(`${site.origin}/tim-kiem/?q=ch%C3%A8`);
        expect(frame.url()).toBe(site.origin + searchEmbed());
      },
    ));
});

describe("what the address asks for", () => {
  const accentAt = (query: string, theme: "light" | "dark") =>
    visit({ script: true, dark: theme === "dark" }, async ({ page }) => {
      await page.goto(`${site.origin}${listEmbed(NEWEST)}${query}`);
      return page
        .locator(".kicker")
        .first()
        .evaluate((kicker) => getComputedStyle(kicker).color);
    });

  it("colours links where they can be read, and not where they cannot", async () => {
    const [light, dark] = [
      await accentAt("", "light"),
      await accentAt("", "dark"),
    ];
    expect(await accentAt("?mau=0b4f9c", "light")).toBe("rgb(11, 79, 156)");
    expect(await accentAt("?mau=0b4f9c", "dark")).toBe(dark);
    expect(await accentAt("?mau=8fc0ff", "dark")).toBe("rgb(143, 192, 255)");
    for (const wrong of ["8fc0ff", "red", "0b4f9", "0b4f9c;x", "%230b4f9c"])
      expect(await accentAt(`?mau=${wrong}`, "light"), wrong).toBe(light);
  });

  it("shows pictures in lists and hides them on cards", () =>
    visit({ script: true }, async ({ page, requests }) => {
      const pictures = () => page.locator("main :is(img, .row, .card)").count();
      await page.goto(site.origin + listEmbed("/mo-hinh/"));
      expect(await pictures()).toBe(0);
      await page.goto(`${site.origin}${listEmbed("/mo-hinh/")}?anh=co`);
      expect(await pictures()).toBe(2);
      await eventually(
        () => requests.filter((url) => url.includes("/_media/")).length,
      ).toBe(1);
      await page.goto(site.origin + VIEWS.card);
      expect(await pictures()).toBe(1);
      expect(await page.locator("figcaption").innerText()).toContain(
        "Tổ ảnh Ví Dụ",
      );
      await page.goto(`${site.origin}${VIEWS.card}?anh=khong`);
      expect(await pictures()).toBe(0);
    }));
});

describe("a view by itself", () => {
  it.each(Object.entries(VIEWS))(
    "has nothing for axe to find: the %s",
    async (_name, view) => {
      for (const dark of [false, true])
        await visit({ width: 320, script: true, dark }, async ({ page }) => {
          await page.goto(site.origin + view);
          expect(
            await axeFaults(page, "html", {
              runOnly: TAGS,
              rules: { "target-size": { enabled: true } },
            }),
          ).toEqual([]);
        });
    },
  );

  it("fits into 280 px, and asks nobody else for anything", async () => {
    for (const view of Object.values(VIEWS))
      await visit(
        { width: 280, script: true },
        async ({ page, requests, complaints }) => {
          await page.goto(site.origin + view);
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth),
            view,
          ).toBe(280);
          expect(
            await page.evaluate(() => [document.cookie, localStorage.length]),
          ).toEqual(["", 0]);
          expect(
            requests.filter((url) => !url.startsWith(site.origin)),
          ).toEqual([]);
          expect(
            complaints.filter((text) => !text.includes("favicon")),
          ).toEqual([]);
        },
      );
  });

  it("is about as high as oEmbed says, and rather less", async () => {
    for (const page of [
      "/",
      "/mo-hinh/",
      "/tin-tuc/",
      STORY,
      "/tin-tuc/tin-01/",
      "/dia-ban/tan-lap/",
    ]) {
      const answer = JSON.parse(
        readFileSync(path.join(site.out, oembedOf(page)), "utf8"),
      ) as Oembed;
      const src = /src="([^"]*)"/.exec(answer.html)![1]!;
      const real = await visit(
        { width: answer.width },
        async ({ page: view }) => {
          await view.goto(site.origin + new URL(src).pathname);
          return contentHeight(view.mainFrame());
        },
      );
      expect(answer.height, page).toBeGreaterThanOrEqual(real);
      expect(answer.height, page).toBeLessThan(real * 1.2 + 20);
    }
  });
});

describe("who may frame what", () => {
  const framedText = async (at: string, view: string): Promise<string> =>
    host({ at, body: frameHtml(view) }, async ({ page }) => {
      const frame = await framed(page);
      return frame.locator("body").innerText();
    });

  it("views, only pages that the site names", async () => {
    expect(await framedText(HOST, VIEWS.card!)).toContain("Nguồn");
    expect(await framedText(STRANGER, VIEWS.card!)).not.toContain("Nguồn");
  });

  it("any other page, nobody", async () => {
    for (const page of ["/", STORY, "/khong-co/", "/admin/"])
      expect(await framedText(HOST, page), page).not.toMatch(/Gương sáng/);
  });
});

describe("the element <guong-sang>", () => {
  const element = (src: string, attributes = "") =>
    `<guong-sang src="${src}" ${attributes}><a href="${site.origin}/">Gương sáng Ví Dụ</a></guong-sang>`;

  it.each([
    [
      "a list",
      "/mo-hinh/",
      'so="3" giao-dien="toi" hinh="co"',
      "/nhung/mo-hinh/3/toi/?anh=co",
    ],
    ["the newest stories", "/", 'mau="0b4f9c"', "/nhung/moi-nhat/?mau=0b4f9c"],
    [
      "a story's figures",
      STORY,
      'kieu="so-lieu"',
      `/nhung/bai${STORY}so-lieu/`,
    ],
    [
      "a story, given a wrong form",
      STORY,
      'kieu="khac" so="7"',
      `/nhung/bai${STORY}`,
    ],
    ["the search box", "/tim-kiem/?q=che", "", "/nhung/tim-kiem/"],
    ["a view", "/nhung/moi-nhat/12/", "", "/nhung/moi-nhat/12/"],
  ])("shows %s", (_name, page, attributes, view) =>
    host(
      {
        body:
          element(site.origin + page, attributes) + scriptHtml(ELEMENT_SCRIPT),
        // As strict as pages are; what they must let in is the site itself.
        headers: {
          "content-security-policy": `default-src 'none'; script-src ${site.origin}; frame-src ${site.origin}`,
        },
      },
      async ({ page, complaints }) => {
        const frame = await framed(page);
        expect(frame.url()).toBe(site.origin + view);
        await fits(page, frame);
        expect(await page.locator("guong-sang a").first().isVisible()).toBe(
          false,
        );
        expect(complaints).toEqual([]);
      },
    ),
  );

  it("follows when its attributes change", () =>
    host(
      { body: element(`${site.origin}/mo-hinh/`) + scriptHtml(ELEMENT_SCRIPT) },
      async ({ page }) => {
        await fits(page, await framed(page));
        await page
          .locator("guong-sang")
          .evaluate((self) => self.setAttribute("so", "3"));
        await eventually(() => page.frames().at(-1)!.url()).toBe(
          `${site.origin}/nhung/mo-hinh/3/`,
        );
        await fits(page, page.frames().at(-1)!);
      },
    ));

  it.each([
    ["of another site", "https://la.example/mo-hinh/"],
    ["that is no address", "javascript:alert(1)"],
    ["that is not there", "/mo-hinh/khong-co/"],
  ])("leaves its link where it is given a page %s", (_name, src) =>
    host(
      {
        body:
          element(src.startsWith("/") ? site.origin + src : src) +
          scriptHtml(ELEMENT_SCRIPT),
      },
      async ({ page, requests }) => {
        await page.waitForFunction(() => customElements.get("guong-sang"));
        await page.waitForLoadState("networkidle");
        expect(await page.locator("guong-sang a").isVisible()).toBe(true);
        expect(requests.join()).not.toContain("la.example");
      },
    ),
  );
});
