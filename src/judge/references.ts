/** Whether what an entry names is there: the one rule, for whoever knows some or all of the other entries. */
import type { FieldPath, RelationTarget } from "../schema/field.ts";
import { kinds, type KindName } from "../schema/kinds.ts";
import { error, quoted, warning, type Finding } from "../schema/problem.ts";

/** A field that names another entry. */
export interface EntryReference {
  targets: readonly RelationTarget[];
  value: string;
  path: FieldPath;
  field: string;
  line: number;
}

/** What is known of the other entries. */
export interface Around {
  /** Whether there is such an entry, good or bad. */
  exists(kind: KindName, id: string): boolean;
  /** Whether one that exists is held back for an error. */
  isHeld?(kind: KindName, id: string): boolean;
  /** Whether one that exists and is not held back is for no reader to see. */
  isHidden?(kind: KindName, id: string): boolean;
  /** The identifiers of a campaign's contents or a decision's recipients; nothing when they are not known. */
  parts?(kind: KindName, id: string): readonly string[] | undefined;
}

/**
 * Checks what an entry names against what is there.
 *
 * @param data the entry's fields, some of which may be wrong
 * @returns the findings, with the lines of the references
 */
export function checkReferences(
  references: readonly EntryReference[],
  data: unknown,
  around: Around,
): Finding[] {
  return references.flatMap((reference) => {
    const { targets } = reference;
    const isPart =
      targets.includes("campaign-content") ||
      targets.includes("decision-recipient");
    const finding = isPart
      ? checkPart(reference, data, around)
      : checkTarget(reference, around);
    return finding
      ? [{ ...finding, line: reference.line, field: reference.field }]
      : [];
  });
}

function checkPart(
  { value, path }: EntryReference,
  data: unknown,
  around: Around,
): Finding | undefined {
  const owner = ownerOf(path, data);
  const known = owner && around.parts?.(...owner);
  if (!known || known.includes(value)) return undefined;
  return error(
    "relation",
    `${quoted(value)} không có`,
    known.length
      ? `Chọn một trong: ${known.slice(0, 12).join(", ")}.`
      : "Xóa dòng này, hoặc bổ sung vào nơi nó phải có.",
  );
}

/** The entry that a campaign's content or a decision's recipient is a part of; nothing when the data names none. */
function ownerOf(
  path: FieldPath,
  data: unknown,
): [kind: KindName, id: string] | undefined {
  const { campaign, awards } = data as {
    campaign?: string;
    awards?: { decision: string }[];
  };
  if (path[0] !== "awards")
    return campaign ? ["campaigns", campaign] : undefined;
  const decision = awards?.[Number(path[1])]?.decision;
  return decision ? ["decisions", decision] : undefined;
}

function checkTarget(
  { targets, value }: EntryReference,
  around: Around,
): Finding | undefined {
  const [kind, id] = (
    value.includes("/") ? value.split("/") : [targets[0], value]
  ) as [KindName, string];
  const { label } = kinds[kind];
  if (!around.exists(kind, id))
    return error(
      "relation",
      `không có ${label} nào tên ${quoted(value)}`,
      "Chọn lại, hoặc bỏ dòng này. Nếu vừa xóa hoặc vừa đổi tên thì sửa theo.",
    );
  if (around.isHeld?.(kind, id))
    return error(
      "relation-held",
      `${label} ${quoted(value)} đang bị giữ lại vì lỗi`,
      "Sửa lỗi bên ấy trước, hoặc bỏ dòng này.",
    );
  return around.isHidden?.(kind, id)
    ? warning(
        "relation-hidden",
        `${quoted(value)} chưa đăng hoặc đã gỡ`,
        "Trang sẽ không nhắc tới cho đến khi bài ấy được đăng.",
      )
    : undefined;
}
