/**
 * What only all entries together can tell: relations that lead nowhere, addresses taken twice, links to
 * stories that are gone. An entry that fails is held back, and then so is whatever relied on it.
 */
import {
  RESERVED_ADDRESSES,
  addressOf,
  kinds,
  type KindName,
} from "../schema/kinds.ts";
import { error, quoted, warning, type Problem } from "../schema/problem.ts";
import type { Entry } from "./entry.ts";

export interface Related {
  /** Entries that may be published. */
  entries: Entry[];
  problems: Problem[];
}

/**
 * Checks entries against one another, holding back until what is left holds together.
 *
 * @param entries those that passed their own checks
 * @returns the entries that may be published, and why the others may not
 */
export function checkRelations(entries: readonly Entry[]): Related {
  const problems: Problem[] = [];
  let kept = dropTakenSlugs(entries, problems);
  for (;;) {
    const registry = new Registry(kept);
    const found = kept.map((entry) => ({
      entry,
      problems: checkEntry(entry, registry),
    }));
    const held = new Set(
      found
        .filter(({ problems: own }) => own.some(isError))
        .map(({ entry }) => entry),
    );
    problems.push(
      ...found
        .filter(({ entry }) => held.has(entry) || held.size === 0)
        .flatMap(({ problems: own }) => own),
    );
    if (held.size === 0) return { entries: kept, problems };
    kept = kept.filter((entry) => !held.has(entry));
  }
}

const isError = ({ severity }: Problem): boolean => severity === "error";

/** Two entries of a kind with one slug: the one that was published first keeps it. */
function dropTakenSlugs(
  entries: readonly Entry[],
  problems: Problem[],
): Entry[] {
  const groups = Map.groupBy(entries, ({ kind, id }) => `${kind}/${id}`);
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = [...group].sort((a, b) =>
      seniority(a) < seniority(b) ? -1 : 1,
    );
    for (const other of others)
      problems.push({
        file: other.file,
        ...error(
          "slug-taken",
          `tên ${quoted(other.id)} đã có ở ${first!.file}`,
          "Đổi tên thư mục: mỗi bài cùng loại có một tên riêng, dù khác năm.",
        ),
      });
    return first ? [first] : [];
  });
}

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
  readonly oldAddresses = new Map<string, Entry[]>();

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) {
      this.byId.set(`${entry.kind}/${entry.id}`, entry);
      const address = addressOf(entry.kind, entry.id);
      if (address) this.byAddress.set(address, entry);
      for (const old of oldAddressesOf(entry))
        this.oldAddresses.set(old, [
          ...(this.oldAddresses.get(old) ?? []),
          entry,
        ]);
    }
  }
}

const oldAddressesOf = ({ data }: Entry): string[] =>
  "oldAddresses" in data ? data.oldAddresses : [];

function checkEntry(entry: Entry, registry: Registry): Problem[] {
  return [
    ...checkReferences(entry, registry),
    ...checkLinks(entry, registry),
    ...checkOldAddresses(entry, registry),
  ];
}

function checkReferences(entry: Entry, registry: Registry): Problem[] {
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
      const kind =
        kinds[
          (value.includes("/") ? value.split("/")[0] : targets[0]) as KindName
        ];
      return [
        {
          file: entry.file,
          ...error(
            "relation",
            `không có ${kind.label} nào tên ${quoted(value)}`,
            "Chọn lại, hoặc bỏ dòng này. Nếu vừa xóa, vừa đổi tên hoặc bài ấy đang bị giữ lại vì lỗi thì sửa bên ấy trước.",
            { line, field },
          ),
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
  entry: Entry,
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

/** Kinds whose addresses an editor's link may name, by the first part of the address. */
const LINKED = new Set(
  Object.values(kinds).flatMap((kind) =>
    "address" in kind && kind.address ? [kind.address as string] : [],
  ),
);

function checkLinks(entry: Entry, registry: Registry): Problem[] {
  return entry.links.flatMap(({ address, line }): Problem[] => {
    const [, first = "", second] = (address.split(/[?#]/)[0] ?? "").split("/");
    if (first === "" || !second || /^trang-\d+$/.test(second)) return [];
    const page = `/${first}/${second}/`;
    const target = LINKED.has(first) ? registry.byAddress.get(page) : undefined;
    if (
      target
        ? isPublic(target)
        : !LINKED.has(first) || registry.oldAddresses.has(page)
    )
      return [];
    return [
      {
        file: entry.file,
        ...error(
          "dead-link",
          `liên kết ${quoted(address)} dẫn tới nơi không có hoặc đã gỡ`,
          "Sửa lại địa chỉ, hoặc bỏ liên kết và giữ chữ.",
          { line },
        ),
      },
    ];
  });
}

function checkOldAddresses(entry: Entry, registry: Registry): Problem[] {
  return oldAddressesOf(entry).flatMap((address): Problem[] => {
    const owner =
      registry.byAddress.get(address) ??
      registry.oldAddresses.get(address)?.find((other) => other !== entry);
    const first = address.split("/")[1]!;
    const own =
      !owner &&
      address.split("/").length === 3 &&
      RESERVED_ADDRESSES.includes(first);
    if (!owner && !own) return [];
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
