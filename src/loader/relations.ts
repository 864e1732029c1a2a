/**
 * What only all entries together can tell: relations that lead nowhere, addresses taken twice, links to
 * stories that are gone. An entry that fails is held back, and then so is whatever relied on it.
 */
import {
  RESERVED_ADDRESSES,
  RESERVED_SLUG,
  addressOf,
  kinds,
  type KindName,
} from "../schema/kinds.ts";
import { checkReferences, type Around } from "../judge/references.ts";
import { error, quoted, type Problem } from "../schema/problem.ts";
import type { Entry, HeldEntry } from "./entry.ts";

export interface Related {
  /** Entries that may be published. */
  entries: Entry[];
  problems: Problem[];
}

/**
 * Checks entries against one another, holding back until what is left holds together.
 *
 * @param entries those that passed their own checks
 * @param held those that did not: what they refer to is checked too, so that all is told at once
 * @returns the entries that may be published, and why the others may not
 */
export function checkRelations(
  entries: readonly Entry[],
  held: readonly HeldEntry[] = [],
): Related {
  const problems: Problem[] = [];
  const existing = new Set([...entries, ...held].map(nameOf));
  let kept = dropTakenSlugs(entries, problems);
  const all = new Registry(kept, existing);
  problems.push(
    ...held
      .flatMap((entry) => checkEntry(entry, all))
      .filter(({ code }) => code !== "relation-held"),
  );
  for (;;) {
    const registry = new Registry(kept, existing);
    const found = kept.map((entry) => ({
      entry,
      problems: checkEntry(entry, registry),
    }));
    const failed = new Set(
      found
        .filter(({ problems: own }) => own.some(isError))
        .map(({ entry }) => entry),
    );
    problems.push(
      ...found
        .filter(({ entry }) => failed.has(entry) || failed.size === 0)
        .flatMap(({ problems: own }) => own),
    );
    if (failed.size === 0) return { entries: kept, problems };
    kept = kept.filter((entry) => !failed.has(entry));
  }
}

/** What other entries call it by. */
const nameOf = ({ kind, id }: Pick<Entry, "kind" | "id">): string =>
  `${kind}/${id}`;

const isError = ({ severity }: Problem): boolean => severity === "error";

/** Two entries of a kind with one slug: the senior keeps it. */
function dropTakenSlugs(
  entries: readonly Entry[],
  problems: Problem[],
): Entry[] {
  const groups = Map.groupBy(entries, nameOf);
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = bySeniority(group);
    for (const other of others)
      problems.push({
        file: other.file,
        ...error(
          "slug-taken",
          `tên ${quoted(other.id)} đã có ở ${first!.file}`,
          "Đổi tên thư mục hoặc tệp: mỗi mục cùng loại có một tên riêng, dù khác năm.",
        ),
      });
    return first ? [first] : [];
  });
}

/** What is published before drafts, and what was published first before the rest. */
const bySeniority = (entries: readonly Entry[]): Entry[] =>
  entries
    .map((entry) => ({ entry, rank: seniority(entry) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ entry }) => entry);

function seniority({ data, file }: Entry): string {
  const { status = "published", publishedAt = "" } = data as {
    status?: string;
    publishedAt?: string;
  };
  return `${status === "draft" ? 1 : 0} ${publishedAt && new Date(publishedAt).toISOString()} ${file}`;
}

/** Entries by kind and identifier, and by address. */
class Registry {
  readonly byId = new Map<string, Entry>();
  /** Address on the site without its base, `/mo-hinh/ten/`, to its entry. */
  readonly byAddress = new Map<string, Entry>();
  /** Old address to the entry it leads to: of several that claim it, the senior. */
  readonly oldAddresses = new Map<string, Entry>();
  readonly around: Around;

  /** @param existing everything there is a file for, held back or not */
  constructor(entries: readonly Entry[], existing: ReadonlySet<string>) {
    for (const entry of bySeniority(entries)) {
      this.byId.set(nameOf(entry), entry);
      const address = addressOf(entry.kind, entry.id);
      if (address) this.byAddress.set(address, entry);
      for (const old of oldAddressesOf(entry))
        if (!this.oldAddresses.has(old)) this.oldAddresses.set(old, entry);
    }
    const find = (kind: KindName, id: string) =>
      this.byId.get(nameOf({ kind, id }));
    this.around = {
      exists: (kind, id) => existing.has(nameOf({ kind, id })),
      isHeld: (kind, id) => !find(kind, id),
      isHidden: (kind, id) => !isPublic(find(kind, id)!),
      parts: (kind, id) => partsOf(find(kind, id)),
    };
  }
}

/** Those of a held entry may be anything. */
const oldAddressesOf = ({ data }: HeldEntry): string[] =>
  "oldAddresses" in data && Array.isArray(data.oldAddresses)
    ? data.oldAddresses.filter((address) => typeof address === "string")
    : [];

function checkEntry(entry: HeldEntry, registry: Registry): Problem[] {
  return [
    ...checkReferences(entry.references, entry.data, registry.around).map(
      (finding) => ({ file: entry.file, ...finding }),
    ),
    ...checkLinks(entry, registry),
    ...checkOldAddresses(entry, registry),
  ];
}

/** The contents of a campaign, or the recipients of a decision. */
function partsOf(owner: Entry | undefined): string[] | undefined {
  if (owner?.kind === "decisions" && "recipients" in owner.data)
    return owner.data.recipients.map(({ id }) => id);
  if (owner?.kind === "campaigns" && "contents" in owner.data)
    return (owner.data.contents as { id: string }[]).map(({ id }) => id);
  return undefined;
}

const isPublic = ({ data }: Entry): boolean =>
  !("status" in data) || !["draft", "withdrawn"].includes(data.status);

/** What has a page that an editor's link may lead to. */
const hasPage = (entry: Entry): boolean =>
  isPublic(entry) && !("verified" in entry.data && !entry.data.verified);

/** First parts of the addresses of lists. */
const LISTS = new Set(
  Object.values(kinds).flatMap((kind) =>
    "address" in kind && kind.address ? [kind.address as string] : [],
  ),
);

function checkLinks(entry: HeldEntry, registry: Registry): Problem[] {
  return entry.links.flatMap(({ address, line }): Problem[] =>
    leadsSomewhere(address, registry)
      ? []
      : [
          {
            file: entry.file,
            ...error(
              "dead-link",
              `liên kết ${quoted(address)} dẫn tới nơi không có hoặc đã gỡ`,
              "Sửa lại địa chỉ, hoặc bỏ liên kết và giữ chữ.",
              { line },
            ),
          },
        ],
  );
}

function leadsSomewhere(address: string, registry: Registry): boolean {
  const path = (address.split(/[?#]/)[0] ?? "").replace(/\/?$/, "/");
  const [, first = "", second = ""] = path.split("/");
  const isFile = /\.[a-z0-9]+\/$/.test(path);
  if (first === "" || isFile || registry.oldAddresses.has(path)) return true;
  if (LISTS.has(first)) {
    if (second === "" || /^trang-\d+$/.test(second)) return true;
    const target = registry.byAddress.get(`/${first}/${second}/`);
    return target !== undefined && hasPage(target);
  }
  return RESERVED_ADDRESSES.includes(first) || registry.byAddress.has(path);
}

function checkOldAddresses(entry: HeldEntry, registry: Registry): Problem[] {
  return oldAddressesOf(entry).flatMap((address): Problem[] => {
    const claimant = registry.oldAddresses.get(address);
    const owner =
      registry.byAddress.get(address) ??
      (claimant === entry ? undefined : claimant);
    if (!owner && !isOwnAddress(address)) return [];
    return [
      {
        file: entry.file,
        ...error(
          "old-address-taken",
          `địa chỉ cũ ${quoted(address)} đang thuộc về ${owner ? owner.file : "một trang khác"}`,
          "Bỏ dòng này.",
        ),
      },
    ];
  });
}

/** Addresses that the site itself uses, whatever its entries are. */
function isOwnAddress(address: string): boolean {
  const [first = "", ...others] = address.split("/").filter(Boolean);
  return (
    (RESERVED_ADDRESSES.includes(first) &&
      (others.length === 0 || !LISTS.has(first))) ||
    others.some((part) => RESERVED_SLUG.test(part))
  );
}
