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
import { error, quoted, warning, type Problem } from "../schema/problem.ts";
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
  /** Everything there is a file for, held back or not. */
  readonly existing: ReadonlySet<string>;

  constructor(entries: readonly Entry[], existing: ReadonlySet<string>) {
    this.existing = existing;
    for (const entry of bySeniority(entries)) {
      this.byId.set(nameOf(entry), entry);
      const address = addressOf(entry.kind, entry.id);
      if (address) this.byAddress.set(address, entry);
      for (const old of oldAddressesOf(entry))
        if (!this.oldAddresses.has(old)) this.oldAddresses.set(old, entry);
    }
  }
}

/** Those of a held entry may be anything. */
const oldAddressesOf = ({ data }: HeldEntry): string[] =>
  "oldAddresses" in data && Array.isArray(data.oldAddresses)
    ? data.oldAddresses.filter((address) => typeof address === "string")
    : [];

function checkEntry(entry: HeldEntry, registry: Registry): Problem[] {
  return [
    ...checkReferences(entry, registry),
    ...checkLinks(entry, registry),
    ...checkOldAddresses(entry, registry),
  ];
}

function checkReferences(entry: HeldEntry, registry: Registry): Problem[] {
  return entry.references.flatMap((reference): Problem[] => {
    const { targets, value, field, line } = reference;
    if (
      targets.includes("campaign-content") ||
      targets.includes("decision-recipient")
    ) {
      const known = partsOf(entry, reference.path, registry);
      if (!known || known.includes(value)) return [];
      return [
        {
          file: entry.file,
          ...error(
            "relation",
            `${quoted(value)} không có`,
            known.length
              ? `Chọn một trong: ${known.slice(0, 12).join(", ")}.`
              : "Xóa dòng này, hoặc bổ sung vào nơi nó phải có.",
            { line, field },
          ),
        },
      ];
    }
    const id = value.includes("/") ? value : `${targets[0]}/${value}`;
    const target = registry.byId.get(id);
    if (!target) {
      const { label } = kinds[id.slice(0, id.indexOf("/")) as KindName];
      return [
        {
          file: entry.file,
          ...(registry.existing.has(id)
            ? error(
                "relation-held",
                `${label} ${quoted(value)} đang bị giữ lại vì lỗi`,
                "Sửa lỗi bên ấy trước, hoặc bỏ dòng này.",
                { line, field },
              )
            : error(
                "relation",
                `không có ${label} nào tên ${quoted(value)}`,
                "Chọn lại, hoặc bỏ dòng này. Nếu vừa xóa hoặc vừa đổi tên thì sửa theo.",
                { line, field },
              )),
        },
      ];
    }
    return isPublic(target)
      ? []
      : [
          {
            file: entry.file,
            ...warning(
              "relation-hidden",
              `${quoted(value)} chưa đăng hoặc đã gỡ`,
              "Trang sẽ không nhắc tới cho đến khi bài ấy được đăng.",
              { line, field },
            ),
          },
        ];
  });
}

/** What a campaign's content or a decision's recipient is chosen from; nothing when its owner is missing and told elsewhere. */
function partsOf(
  entry: HeldEntry,
  path: readonly (string | number)[],
  registry: Registry,
): string[] | undefined {
  const data = entry.data as {
    campaign?: string;
    awards?: { decision: string }[];
  };
  const award =
    path[0] === "awards" ? data.awards?.[Number(path[1])] : undefined;
  const owner = registry.byId.get(
    award ? `decisions/${award.decision}` : `campaigns/${data.campaign}`,
  );
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
