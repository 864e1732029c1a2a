/**
 * `npm run shots:help`: the pictures of the editors' guide, in `docs/editors/`. Opens the real CMS over a desk
 * and a repository of its own, in which everything is made up, and goes the way that the guide describes. The
 * hour stands still, so that a picture changes only when its screen has.
 */
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import {
  chromium,
  type BrowserContext,
  type Locator,
  type Page,
} from "playwright-core";
import sharp from "sharp";
import { adminText } from "../src/i18n/admin.ts";
import { Corpus, NOW, skeleton } from "../tests/support/corpus.ts";
import { freePort } from "../tests/support/port.ts";
import {
  CHROMIUM,
  CHROMIUM_ARGS,
  findProgram,
} from "../tests/support/programs.ts";
import {
  removeTemporary,
  temporaryFolder,
} from "../tests/support/temporary.ts";

const ROOT = path.join(import.meta.dirname, "..");
const SHOTS = path.join(ROOT, "docs/editors");
/** The first build and the first preview take long on a small machine. */
const PATIENCE_MS = 180_000;
const SIZE = { width: 1120, height: 700 };

const TITLES = [
  "Chi bộ xóm Ví Dụ họp chuyên đề về làm đường nội đồng",
  "Trường Ví Dụ mở lớp dạy người lớn tuổi dùng điện thoại",
  "Sở Ví Dụ khen hai mươi hộ trồng cây trên đồi Ví Dụ",
  "Hội phụ nữ Ví Dụ góp quỹ giúp chị em làm vườn",
  "Đoàn xã Ví Dụ dọn kênh trước mùa mưa",
  "Phường Ví Dụ sơ kết một tháng thi đua",
];

/** A repository with a small site. */
function repository(): string {
  const folder = path.join(temporaryFolder("help"), "kho");
  mkdirSync(folder);
  const corpus = skeleton();
  const content = path.join(folder, "content");
  execFileSync("cp", ["-R", corpus.dir, content]);
  const stories = new Corpus(content);
  TITLES.forEach((title, day) =>
    stories.story(
      "news",
      `tin-${day}`,
      { title, publishedAt: `2026-11-${10 + day}T08:00:00+07:00` },
      "Bà con xóm Ví Dụ cùng nhau làm, mỗi nhà một việc.",
    ),
  );
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: folder, stdio: "ignore" });
  git("init", "-b", "main");
  git("config", "user.name", "Người phát triển");
  git("config", "user.email", "dev@vidu.example");
  git("add", "-A");
  git("commit", "-m", "Nội dung");
  return content;
}

/** A made-up landscape. */
const photograph = (): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="2400" height="1600">
      <rect width="2400" height="1600" fill="#bcd9ea"/><circle cx="1850" cy="380" r="150" fill="#ffe9a8"/>
      <path d="M0 900Q500 500 1000 820T2400 700V1600H0Z" fill="#7ba37e"/>
      <path d="M0 1150Q700 850 1400 1080T2400 1000V1600H0Z" fill="#5d8a4c"/>
      <path d="M980 1600Q1250 1300 1180 1080L1260 1080Q1420 1300 1520 1600Z" fill="#d8d2c4"/></svg>`),
  )
    .jpeg({ quality: 90 })
    .toBuffer();

/** Starts the site and its CMS. */
async function start(content: string) {
  const port = await freePort();
  const place = temporaryFolder("help-site");
  const child = spawn(process.execPath, ["src/cli/start.ts"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      CONTENT_DIR: content,
      OUT_DIR: path.join(place, "dist"),
      CACHE_DIR: path.join(place, "cache"),
      BUILD_NOW: NOW,
      PORT: String(port),
    },
  });
  await new Promise<void>((resolve) =>
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("Trang đang chạy ở")) resolve();
    }),
  );
  return { child, origin: `http://localhost:${port}` };
}

/** Times that the server tells, as if it were always the same hour. */
const standStill = (context: BrowserContext) =>
  context.route("**/admin/api/{desk,status}", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(
      /("(?:updatedAt|builtAt)":)"[^"]*"/g,
      `$1${JSON.stringify(NOW)}`,
    );
    await route.fulfill({ response, body });
  });

/** Takes a picture of the screen, or of a part of it, when nothing moves any more. */
async function shoot(
  page: Page,
  name: string,
  part: Page | Locator = page,
): Promise<void> {
  await page.locator(".Toastify__toast").first().waitFor({ state: "hidden" });
  await page.getByText("Trang đã cập nhật").waitFor({ timeout: PATIENCE_MS });
  await page.waitForTimeout(700);
  await take(name, part);
}

/** Written when all are taken: the guide's page, which is built on the way, needs the last ones. */
const taken = new Map<string, Buffer>();

async function take(name: string, part: Page | Locator): Promise<void> {
  const png = await part.screenshot({ animations: "disabled" });
  const webp = await sharp(png).webp({ quality: 76, effort: 6 }).toBuffer();
  taken.set(`${name}.webp`, webp);
  console.log(`${name}.webp ${Math.ceil(webp.length / 1000)} kB`);
}

/** Puts the pictures where the guide has them. One that nobody could tell from what is there leaves it be. */
async function keep(pictures: ReadonlyMap<string, Buffer>): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  for (const name of readdirSync(SHOTS))
    if (!pictures.has(name)) rmSync(path.join(SHOTS, name));
  for (const [name, picture] of pictures) {
    const file = path.join(SHOTS, name);
    if (existsSync(file) && (await looksSame(readFileSync(file), picture)))
      continue;
    writeFileSync(file, picture);
    console.log(`${name}: new`);
  }
}

/** A letter that has changed differs by far more, an edge drawn a shade otherwise by less. */
const SHADES = 32;

async function looksSame(one: Buffer, other: Buffer): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((picture) => sharp(picture).raw().toBuffer()),
  );
  return (
    a!.length === b!.length &&
    a!.every((value, at) => Math.abs(value - b![at]!) < SHADES)
  );
}

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole("button", { name, exact: typeof name === "string" })
    .first()
    .click();

const field = (part: Page | Locator, label: string): Locator =>
  part
    .locator("label", { hasText: label })
    .first()
    .locator("xpath=../..")
    .locator("input, textarea")
    .first();

/** Brings a part of the form to the middle of the screen. */
const scrollTo = (part: Locator): Promise<void> =>
  part.evaluate((element) => element.scrollIntoView({ block: "center" }));

async function save(page: Page): Promise<void> {
  await press(page, "Lưu");
  await page.getByRole("button", { name: /^Trạng thái:/ }).waitFor();
}

async function moveTo(page: Page, status: string): Promise<void> {
  await press(page, /^Trạng thái:/);
  await page.getByRole("menuitem", { name: status }).click();
  await page.getByRole("button", { name: `Trạng thái: ${status}` }).waitFor();
}

/** Opens a list by its name at the left. */
const list = (page: Page, name: string): Promise<void> =>
  page.getByRole("link", { name, exact: true }).click();

/** Changes the title of a story that is out, and brings the change to a status. */
async function change(page: Page, at: number, status?: string): Promise<void> {
  await page.getByRole("link", { name: TITLES[at]! }).click();
  await field(page, "Tiêu đề").press("End");
  await field(page, "Tiêu đề").pressSequentially(" năm 2026");
  await save(page);
  if (status) await moveTo(page, status);
  await page.getByRole("link", { name: /Về danh sách/ }).click();
}

/** A new editor's way, from the first question to a story that waits for its approver. */
async function walk(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/admin/`);
  const dialog = page.getByRole("dialog");
  await page.getByLabel("Họ và tên").fill("Nguyễn Thị Mẫu");
  await page.getByLabel("Thư điện tử").fill("mau@vidu.example");
  await take("who", dialog);
  await press(page, adminText.writer.done);

  await list(page, "Tin thi đua");
  await page.getByRole("link", { name: TITLES[0]! }).waitFor();
  await shoot(page, "list");

  for (const [at, status] of [undefined, "Chờ duyệt", "Đã duyệt"].entries())
    await change(page, at, status);

  await page.getByRole("link", { name: "Thêm tin" }).click();
  await field(page, "Tiêu đề").fill("Xóm Ví Dụ làm xong ba đoạn đường ra đồng");
  await field(page, "Tóm tắt").fill(
    "Hai mươi hộ xóm Ví Dụ góp công làm xong ba đoạn đường ra đồng trong tháng Mười Một.",
  );
  await field(page, "Loại tin").press("ArrowDown");
  await page.getByRole("option", { name: "Hoạt động" }).click();
  const body = page.locator("[contenteditable=true]").first();
  await body.click();
  await page.keyboard.type("Sáng chủ nhật, bà con cùng ra đồng đổ bê tông.");
  const shown = page
    .frameLocator("#preview-pane")
    .getByText(adminText.preview.shown);
  await shown.waitFor({ timeout: PATIENCE_MS });
  await scrollTo(field(page, "Tiêu đề"));
  await shoot(page, "write");

  await scrollTo(page.getByRole("button", { name: "Thêm khối" }));
  await press(page, "Thêm khối");
  await page.getByRole("menuitem").first().waitFor();
  await shoot(page, "blocks");
  await page.getByRole("menuitem", { name: "Ảnh", exact: true }).click();
  await press(page, "Chọn ảnh");
  await page.locator(".nc-fileUploadButton input[type=file]").setInputFiles({
    name: "Đường ra đồng.jpg",
    mimeType: "image/jpeg",
    buffer: await photograph(),
  });
  await page.getByText("duong-ra-dong.jpg").waitFor();
  await shoot(page, "pictures");
  await press(page, "Dùng tệp đã chọn");
  await field(body, "Mô tả ảnh").fill("Con đường bê tông chạy giữa đồng lúa");
  await press(page, "Lưu");
  await dialog.waitFor();
  await shoot(page, "problems");
  await press(page, adminText.save.close);
  await field(body, "Người chụp").fill("Trần Văn Thử");
  await save(page);
  await shown.waitFor();
  await press(page, /^Trạng thái:/);
  await page.getByRole("menuitem").first().waitFor();
  await shoot(page, "status");
  await page.getByRole("menuitem", { name: "Chờ duyệt" }).click();
  await page.getByRole("button", { name: "Trạng thái: Chờ duyệt" }).waitFor();

  await page.getByRole("link", { name: /Về danh sách/ }).click();
  await page.getByRole("link", { name: "Bài chờ", exact: true }).click();
  await page.getByRole("heading", { name: TITLES[1]! }).first().waitFor();
  await shoot(page, "waiting");
}

const executablePath = findProgram(CHROMIUM);
if (!executablePath)
  throw new Error("There is no Chromium: run node tests/setup/system.ts");
const site = await start(repository());
const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
try {
  const context = await browser.newContext({
    viewport: SIZE,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    reducedMotion: "reduce",
  });
  await standStill(context);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.clock.setFixedTime(NOW);
  await walk(page, site.origin);
  await keep(taken);
} finally {
  await browser.close();
  site.child.kill();
  removeTemporary();
}
