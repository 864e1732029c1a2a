/** What an editor may do and what only an approver, asked over HTTP as anybody can ask it. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { openAccounts } from "../../src/desk/accounts.ts";
import { temporaryFolder } from "../support/temporary.ts";
import {
  asset,
  Editor,
  mainOf,
  Place,
  startDesk,
  text,
  type Answer,
} from "./place.ts";

const accounts = (roles: Record<string, string>) =>
  Object.entries(roles)
    .map(
      ([login, role]) =>
        `${login}:\n  name: Bà ${login}\n  mail: ${login}@example.vn\n  role: ${role}\n`,
    )
    .join("");

const ROLES = { dao: "editor", tam: "editor", tin: "approver" };
const TERM = "content/taxonomy/units/so-thu.yaml";

let place: Place;
let file: string;
let dao: Editor;
let tam: Editor;
let tin: Editor;
beforeEach(async () => {
  place = new Place();
  place.put("taxonomy/units/so-thu.yaml", "title: Sở Thử\ntype: department\n");
  place.git("add", "-A");
  place.git("commit", "-qm", "Đơn vị");
  file = path.join(temporaryFolder("accounts"), "accounts.yaml");
  writeFileSync(file, accounts(ROLES));
  const { identify } = openAccounts({ ACCOUNTS: file })!;
  const origin = await startDesk(place, undefined, undefined, identify);
  const as = (login: string) =>
    new Editor(origin, "Kẻ mạo danh", {
      "x-remote-user": login,
      "x-remote-role": "approver",
      "x-editor-role": "approver",
    });
  [dao, tam, tin] = [as("dao"), as("tam"), as("tin")];
});

const saveTerm = (editor: Editor, useWorkflow: boolean) =>
  editor.ask("persistEntry", {
    dataFiles: [
      { slug: "so-thu", path: TERM, raw: "title: Sở Mới\ntype: department\n" },
    ],
    assets: [],
    options: { collectionName: "units", useWorkflow },
  });
const term = (editor: Editor, action: string, more: object = {}) =>
  editor.ask(action, { collection: "units", slug: "so-thu", ...more });
const publish = (editor: Editor) =>
  editor.draft("publishUnpublishedEntry", "mot");

const READS: [string, object][] = [
  ["info", {}],
  ["entriesByFolder", { folder: "content/news", extension: "mdx", depth: 3 }],
  ["choices", {}],
  ["entriesByFiles", { files: [{ path: "content/site.yaml" }] }],
  ["getEntry", { path: mainOf("mot") }],
  ["unpublishedEntries", {}],
  ["unpublishedEntry", { id: "news/2026/mot/index" }],
  ["unpublishedEntryDataFile", { path: mainOf("mot") }],
  ["unpublishedEntryMediaFile", { path: mainOf("mot") }],
  ["getNotes", {}],
  ["getMedia", { mediaFolder: "content/news/2026/mot" }],
  ["getMediaFile", { path: mainOf("mot") }],
  ["getDeployPreview", {}],
];

type Act = (editor: Editor) => Promise<{ status: number }>;

const termDraft = () => saveTerm(tin, true);
const termStep =
  (action: string, more = {}): Act =>
  (one) =>
    term(one, action, more);
const onMot =
  (action: string, more = {}): Act =>
  (one) =>
    one.draft(action, "mot", more);

/** What only an approver may do, and what has to be done before it can be. */
const APPROVERS: [what: string, act: Act, before?: () => Promise<unknown>][] = [
  [
    "save at once",
    (one) => one.save("hai", text("Hai mới"), { useWorkflow: false }),
    () => tin.open("hai"),
  ],
  ["approve", (one) => one.state("mot", "pending_publish")],
  ["return", onMot("returnEntry", { reason: "Thiếu." })],
  ["publish", publish, () => tin.state("mot", "pending_publish")],
  [
    "put a file up",
    (one) => one.ask("persistMedia", { asset: asset("hai", "a.jpg") }),
  ],
  [
    "remove a file",
    (one) => one.ask("deleteFile", { path: "content/news/2026/hai/a.jpg" }),
    () => tin.ask("persistMedia", { asset: asset("hai", "a.jpg") }),
  ],
  ["remove an entry", (one) => one.ask("deleteFiles", { paths: [TERM] })],
  ["write settings", (one) => saveTerm(one, true)],
  ["write settings at once", (one) => saveTerm(one, false)],
  [
    "move a draft of settings",
    termStep("updateUnpublishedEntryStatus", { newStatus: "pending_review" }),
    termDraft,
  ],
  ["put a draft of settings on the newest", termStep("keepMine"), termDraft],
  ["throw away settings", termStep("deleteUnpublishedEntry"), termDraft],
  ["throw away another's draft", onMot("deleteUnpublishedEntry")],
];

describe("everybody with an account", () => {
  it("reads everything", async () => {
    await tam.open("mot");
    await tam.save("mot", text("Một mới"));
    for (const reader of [dao, tin])
      for (const [action, params] of READS) {
        const draft = { collection: "news", slug: "2026/mot/index", ...params };
        const { status } = await reader.ask(action, draft);
        expect(status, action).toBe(200);
      }
  });
});

describe("an editor", () => {
  it("writes, submits, takes back and throws away what is hers", async () => {
    const picture = { assets: [asset("moi", "a.jpg")] };
    for (const done of [
      () => dao.save("moi", text("Mới"), picture),
      () => dao.state("moi", "pending_review"),
      () => dao.state("moi", "draft"),
      () => dao.draft("keepMine", "moi"),
      () => dao.draft("deleteUnpublishedEntry", "moi"),
    ])
      expect((await done()).status, String(done)).toBe(200);
    expect(place.git("log", "-1", "--format=%an <%ae>", "refs/desk/log")).toBe(
      "Bà dao <dao@example.vn>",
    );
  });

  it("writes on in another's draft, which stays theirs to throw away", async () => {
    await tam.open("mot");
    await tam.save("mot", text("Của Tám"));
    await dao.draft("unpublishedEntry", "mot");
    expect((await dao.save("mot", text("Của hai bà"))).status).toBe(200);
    await tam.draft("unpublishedEntry", "mot");
    for (const one of [dao, tam]) {
      const { status, json } = await one.draft("deleteUnpublishedEntry", "mot");
      expect([status, json.error]).toEqual([
        403,
        expect.stringContaining("có phần của"),
      ]);
    }
  });

  it("cannot change what was approved unseen: it is to be approved again", async () => {
    await dao.open("mot");
    await dao.save("mot", text("Một mới"));
    await tin.state("mot", "pending_publish");
    expect((await dao.save("mot", text("Tráo"))).status).toBe(200);
    expect((await publish(tin)).status).toBe(409);
    const { json } = await tin.draft("unpublishedEntry", "mot");
    expect(json.status).toBe("pending_review");
    // An approver's own change stays approved.
    await tin.state("mot", "pending_publish");
    await tin.save("mot", text("Người duyệt sửa"));
    expect((await publish(tin)).status).toBe(200);
  });

  it("is not an approver by what else a request says", async () => {
    await dao.open("mot");
    await dao.save("mot", text("Một mới"));
    for (const params of [
      { role: "approver" },
      { editor: { role: "approver" } },
      { options: { role: "approver" } },
    ]) {
      const forged = { newStatus: "pending_publish", ...params };
      const { status } = await dao.draft(
        "updateUnpublishedEntryStatus",
        "mot",
        forged,
      );
      expect(status).toBe(403);
    }
    // A collection's name does not make a text of settings.
    const { status } = await dao.ask("persistEntry", {
      dataFiles: [
        { slug: "site", path: "content/site.yaml", raw: "title: X\n" },
      ],
      assets: [],
      options: { collectionName: "news", useWorkflow: true },
    });
    expect(status).toBe(403);
    const { status: unknown } = await dao.ask("xoaHet", {});
    expect(unknown).toBe(422);
  });
});

it.each(APPROVERS)(
  "only an approver may %s; an editor is told so, and changes nothing",
  async (_, act, before) => {
    await tam.open("mot");
    await tam.save("mot", text("Một mới"));
    await tam.state("mot", "pending_review");
    for (const one of [dao, tin]) {
      await one.ask("getEntry", { path: TERM });
      await one.draft("unpublishedEntry", "mot");
    }
    await before?.();
    const refs = place.git("for-each-ref");
    const { status, json } = (await act(dao)) as Answer;
    expect(status).toBe(403);
    expect(json.error).toMatch(/người duyệt/);
    expect(place.git("for-each-ref")).toBe(refs);
    expect((await act(tin)).status).toBe(200);
  },
);

describe("somebody whose account changes while they work", () => {
  it("may do from then on what it says", async () => {
    await dao.open("mot");
    await dao.save("mot", text("Một mới"));
    expect((await dao.publish("mot")).status).toBe(403);
    writeFileSync(file, accounts({ ...ROLES, dao: "approver" }));
    expect((await dao.publish("mot")).status).toBe(200);
    writeFileSync(file, accounts(ROLES));
    await dao.open("hai");
    expect((await dao.save("hai", text("Hai mới"))).status).toBe(200);
    expect((await dao.publish("hai")).status).toBe(403);
    writeFileSync(file, accounts({ tin: "approver" }));
    expect((await dao.save("hai", text("Hai mới nữa"))).status).toBe(403);
    expect((await dao.open("hai")).status).toBe(403);
    expect(
      place.git("log", "-1", "--format=%an", "cms/news/2026/hai/index"),
    ).toBe("Bà dao");
  });
});
