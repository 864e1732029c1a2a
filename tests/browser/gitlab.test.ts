/** The CMS over GitLab in Chromium: from its login to a merged story. GitLab itself is not here; see tests/support/gitlab.ts. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { publishAdmin } from "../../src/build/admin.ts";
import { serveFolder } from "../../src/cli/serve.ts";
import { publishHosting } from "../../src/hosting/publish.ts";
import { gitlabText } from "../../src/i18n/gitlab.ts";
import { saneOriginal } from "../../src/media/original.ts";
import { exifBlock, halves, withSegments } from "../media/originals.ts";
import {
  useBrowser,
  visit,
  type Page,
  type Visit,
} from "../support/browser.ts";
import { skeleton } from "../support/corpus.ts";
import { GitLabLike } from "../support/gitlab.ts";
import { temporaryFolder } from "../support/temporary.ts";

useBrowser();

const lab = new GitLabLike(skeleton().dir);
const outDir = path.join(temporaryFolder("gitlab-site"), "dist");
let server: Server;
let admin = "";
beforeAll(async () => {
  await lab.start();
  const { url, repo, app } = lab;
  const gitlab = { url, repo, app, branch: "main" };
  await publishAdmin({ outDir, gitlab });
  const site = { outDir, base: "/", siteUrl: "http://localhost", gitlab };
  publishHosting(site, { embedHosts: [], moved: {}, gone: [] }, () => {});
  server = await serveFolder({ outDir, base: "/" }, 0);
  admin = `http://localhost:${(server.address() as AddressInfo).port}/admin/`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await lab.stop();
});

const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first().click();
const field = (page: Page, label: string): Locator =>
  page.locator("label", { hasText: label }).first().locator("xpath=../..");
const LOGIN = "Đăng nhập bằng GitLab";

/** Logs in as somebody and goes to a place. */
const as = (
  user: GitLabLike["user"],
  place: string,
  go: (visit: Visit) => Promise<void>,
): Promise<void> =>
  visit({ script: true, width: 1400 }, async (seen) => {
    const { page } = seen;
    page.setDefaultTimeout(20_000);
    page.on("dialog", (question) => void question.accept());
    lab.user = user;
    await page.goto(admin);
    await press(page, LOGIN);
    await page.getByRole("link", { name: "Tin thi đua" }).first().waitFor();
    await page.goto(`${admin}#/collections/${place}`);
    await go(seen);
    for (const address of seen.requests)
      expect(`${address}/`).toMatch(
        new RegExp(`^(?:blob:)?(?:${new URL(admin).origin}|${lab.url})/`),
      );
  });

const fill = (page: Page, label: string, value: string) =>
  field(page, label).locator("input, textarea").first().fill(value);

async function choose(page: Page, label: string, option: string) {
  await field(page, label).locator("input").first().fill(option);
  await page.getByRole("option", { name: option, exact: true }).click();
}

async function setState(page: Page, from: string, to: string) {
  await page.getByRole("button", { name: `Trạng thái: ${from}` }).click();
  await page.getByRole("menuitem", { name: to, exact: true }).click();
  await page.getByRole("button", { name: `Trạng thái: ${to}` }).waitFor();
}

const publish = async (page: Page) => {
  await press(page, "Đăng");
  await page.getByRole("menuitem", { name: "Đăng ngay" }).click();
};

/** Closes the dialog that says something. */
async function isTold(page: Page, words: string) {
  const dialog = page.locator("dialog", { hasText: words });
  await dialog.waitFor();
  await dialog.getByRole("button", { name: "Đóng, sửa tiếp" }).click();
}

const write = async (page: Page, words: string) => {
  await page.locator("[data-slate-editor]").first().click();
  await page.keyboard.type(words);
};

/** As a phone takes it: on its side, and telling where. */
const photo = async () =>
  withSegments(await halves(900, 600).jpeg().toBuffer(), {
    exif: exifBlock({ orientation: 6, artist: Buffer.from("Nguyễn Văn Thử") }),
  });

const FILE = "news/2026/ba-con-bac-cau/index.mdx";
const BRANCH = "cms/news/2026/ba-con-bac-cau/index";

it("an editor's story becomes a merge request, which only an approver publishes", async () => {
  await as("dao", "news/new", async ({ page, complaints }) => {
    expect(lab.logins).toMatchObject([
      {
        client_id: lab.app,
        code_challenge_method: "S256",
        redirect_uri: admin,
        response_type: "code",
        scope: "api",
      },
    ]);
    await fill(page, "Tiêu đề", "Bà con bắc cầu");
    await fill(page, "Tóm tắt", "Năm nay bà con góp tre, góp công làm cầu.");
    await choose(page, "Loại tin", "Hoạt động");
    const cover = field(page, "Ảnh bìa");
    await cover.getByRole("button").first().click();
    await press(page, "Chọn ảnh");
    await page.locator(".nc-fileUploadButton input[type=file]").setInputFiles({
      name: "Cầu mới.JPG",
      mimeType: "image/jpeg",
      buffer: await photo(),
    });
    await page.getByText("cau-moi.jpg", { exact: true }).waitFor();
    await press(page, "Dùng tệp đã chọn");
    await fill(page, "Mô tả ảnh", "Bà con bắc cầu");
    await fill(page, "Người chụp", "Nguyễn Văn Thử");
    await press(page, "Thêm nguồn");
    await fill(page, "Nơi đăng", "Báo Ví Dụ");

    // The judge is here as well.
    await fill(page, "Địa chỉ", "javascript:alert(1)");
    await press(page, "Lưu");
    await isTold(page, "«javascript:alert(1)» viết chưa đúng");
    expect(lab.requests).toEqual([]);
    await field(page, "Địa chỉ").locator("input").first().click();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("https://bao.example.vn/cau");
    await write(page, "Cây cầu dài mười hai mét.");
    await press(page, "Lưu");
    await page.getByText("Đã lưu", { exact: true }).first().waitFor();
    expect(lab.requests).toMatchObject([
      { source_branch: BRANCH, labels: ["decap-cms/draft"] },
    ]);
    const text = lab.read(FILE, BRANCH);
    expect(text).toMatch(/cover:\n {2}src: cau-moi.jpg/);
    expect(text).not.toMatch(/^publishedAt/m);

    await page.waitForURL(/\/index$/);
    await setState(page, "Đang viết", "Chờ duyệt");
    expect(lab.requests[0]?.labels).toEqual(["decap-cms/pending_review"]);
    // Decap asks whether files are there, and does not wait for the answers' ends.
    const asking = /status of 404|^failed: \S+\/repository\/files\//;
    expect(complaints.filter((one) => !asking.test(one))).toEqual([]);

    // Somebody else writes into the draft.
    const theirs = text.replace("mười hai", "mười ba");
    lab.put(FILE, theirs, BRANCH);
    await write(page, "Xong. ");
    await press(page, "Lưu");
    await isTold(page, gitlabText.outdated);
    expect(lab.read(FILE, BRANCH)).toBe(theirs);
  });

  const name = FILE.replace("news/", "news/entries/").replace(".mdx", "");
  await as("dao", name, async ({ page }) => {
    await setState(page, "Chờ duyệt", "Đã duyệt");
    await publish(page);
    await isTold(page, gitlabText.forbidden);
    expect(lab.read(FILE, BRANCH)).not.toMatch(/^publishedAt/m);
  });
  await as("duyet", name, async ({ page }) => {
    await publish(page);
    await page.getByText("Đã đăng", { exact: true }).first().waitFor();
  });
  expect(lab.read(FILE)).toMatch(
    /status: published\n(?:.*\n)*publishedAt: \S+:00\+07:00\n[^]*mười ba/,
  );
  expect(lab.git("log", "-1", "--format=%an, %s", "main")).toBe(
    "duyet, Đăng: 2026/ba-con-bac-cau/index",
  );
  expect(lab.git("branch", "--list", "cms/*")).toBe("");

  // The browser has made of the picture what the desk would have.
  const bytes = lab.bytes(FILE.replace("index.mdx", "cau-moi.jpg"));
  const sane = await saneOriginal(bytes, "cau-moi.jpg");
  expect(sane).toMatchObject({
    ok: true,
    original: { name: "cau-moi.jpg", width: 600, height: 900 },
  });
  expect(sane.ok && sane.original.bytes.equals(bytes)).toBe(true);
});
