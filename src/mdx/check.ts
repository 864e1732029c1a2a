/**
 * What an editor's MDX may hold: everything plain Markdown and GFM offer, the content blocks with literal
 * properties, and nothing that runs. Works on an mdast with MDX nodes, whichever parser made it.
 */
import type { Nodes, Parents } from "mdast";
import type {} from "mdast-util-mdx";
import { blockNamed, blocks, type Block } from "../blocks/index.ts";
import { labelOf, type FieldPath } from "../schema/field.ts";
import { checkData } from "../schema/messages.ts";
import { error, quoted, warning, type Finding } from "../schema/problem.ts";
import { DOCUMENT_EXTENSIONS, fileNamePattern } from "../schema/values.ts";
import { addressKind, fileName } from "./address.ts";

/** What a body refers to outside itself, with the line that does. */
export interface Reference {
  address: string;
  line: number | undefined;
}

/** A picture a body shows. */
export interface PictureReference extends Reference {
  credit?: string | undefined;
  licence?: string | undefined;
  alt?: string | undefined;
  caption?: string | undefined;
  showsChildren?: boolean | undefined;
}

export interface CheckedBody {
  findings: Finding[];
  /** Pictures, documents: files beside the story. */
  pictures: PictureReference[];
  documents: Reference[];
  /** Paths of this site. */
  links: Reference[];
  /** Whether all of the body could be read; if not, it may refer to more. */
  isWhole: boolean;
}

/** More than any story needs; guards against texts made to exhaust the build. */
const MOST_NODES = 20_000;
const DEEPEST = 100;

export const bodyTooLarge = error(
  "body-too-large",
  "bài quá dài hoặc quá nhiều thành phần",
  "Chia thành nhiều bài.",
);

export const nestedTooDeep = (line?: number): Finding =>
  error(
    "nested-too-deep",
    "danh sách, trích dẫn hoặc khối lồng vào nhau quá sâu",
    "Viết lại cho ít tầng hơn.",
    { line },
  );

/** Told of a statement that MDX would run. */
export const moduleFinding = (line: number | undefined): Finding =>
  error(
    "code-import",
    "có lệnh import hoặc export",
    "Xóa dòng này; bài viết chỉ gồm chữ và các khối nội dung. Nếu là chữ thường, đừng để từ này đứng đầu dòng.",
    { line },
  );

/** Told of an expression that MDX would run, as the editor wrote it. */
export const expressionFinding = (
  written: string,
  line: number | undefined,
): Finding =>
  error(
    "code-expression",
    `có biểu thức ${quoted(written)}`,
    "Muốn in dấu ngoặc nhọn thì viết \\{ và \\}.",
    { line },
  );

const DOCUMENT_NAME = fileNamePattern(DOCUMENT_EXTENSIONS);

const PLAIN = new Set(
  "root paragraph text heading strong emphasis delete inlineCode code break thematicBreak blockquote list listItem link image linkReference imageReference definition table tableRow tableCell footnoteDefinition footnoteReference".split(
    " ",
  ),
);
const PHRASING = new Set(
  "text strong emphasis delete inlineCode break link linkReference mdxTextExpression paragraph".split(
    " ",
  ),
);

/**
 * Checks a body's syntax tree.
 *
 * @param tree the root, with positions
 * @returns every finding, and what the body refers to
 */
export function checkBody(tree: Nodes): CheckedBody {
  const checked: CheckedBody = {
    findings: [],
    pictures: [],
    documents: [],
    links: [],
    isWhole: true,
  };
  let nodes = 0;
  let lastDepth = 1;

  const add = (finding: Finding) => checked.findings.push(finding);
  const visit = (
    node: Nodes,
    around: readonly Parents[],
    block: Block | undefined,
  ): void => {
    const line = node.position?.start.line;
    const limit =
      ++nodes === MOST_NODES
        ? bodyTooLarge
        : around.length === DEEPEST && nestedTooDeep(line);
    if (limit) {
      add(limit);
      checked.isWhole = false;
    }
    if (limit || nodes > MOST_NODES) return;
    let inside = block;
    switch (node.type) {
      case "mdxjsEsm":
        add(moduleFinding(line));
        return;
      case "mdxFlowExpression":
      case "mdxTextExpression":
        if (!isComment(node.value))
          add(expressionFinding(`{${node.value}}`, line));
        return;
      case "mdxJsxFlowElement":
      case "mdxJsxTextElement":
        inside = checkBlock(node, around, block, checked);
        if (!inside) return;
        break;
      case "html":
        add(
          error(
            "raw-html",
            "có mã HTML",
            "Dùng Markdown hoặc khối nội dung; muốn in dấu < thì viết \\<.",
            { line },
          ),
        );
        return;
      case "heading":
        if (node.depth === 1)
          add(
            warning(
              "heading-one",
              "tiêu đề bậc 1 trong bài",
              "Dùng ## trở đi: bậc 1 là tiêu đề của cả trang.",
              { line },
            ),
          );
        else if (node.depth > lastDepth + 1)
          add(
            warning(
              "heading-skip",
              `tiêu đề nhảy từ bậc ${lastDepth} xuống bậc ${node.depth}`,
              `Dùng bậc ${lastDepth + 1} để người dùng trình đọc màn hình không lạc.`,
              { line },
            ),
          );
        lastDepth = Math.max(node.depth, 2);
        break;
      case "link":
      case "definition":
        checkLink(node.url, line, checked);
        break;
      case "image":
        checkImage(node, line, checked);
        break;
      case "imageReference":
        add(
          error(
            "image-reference",
            "ảnh viết theo lối tham chiếu",
            'Viết thẳng: ![mô tả](ten-anh.jpg "Người chụp"), hoặc dùng khối Ảnh.',
            { line },
          ),
        );
        return;
      default:
        if (!PLAIN.has(node.type)) {
          add(
            error(
              "unknown-syntax",
              `cú pháp không dùng được (${node.type})`,
              "Viết lại bằng Markdown thường hoặc khối nội dung.",
              { line },
            ),
          );
          return;
        }
    }
    if (block?.inner === "text" && inside === block && !PHRASING.has(node.type))
      add(
        error(
          "block-inner",
          `trong khối ${block.name} chỉ viết chữ`,
          "Đưa danh sách, bảng, ảnh, tiêu đề ra ngoài khối.",
          { line },
        ),
      );
    if ("children" in node)
      for (const child of node.children)
        visit(child as Nodes, [...around, node as Parents], inside);
  };
  visit(tree, [], undefined);
  return checked;
}

/** Comments, which run nothing, are all that may stand in braces. */
export function isComment(code: string): boolean {
  const [first = "", ...others] = `${code.trim()} `.split("*/");
  const starts = [first, ...others.slice(0, -1)];
  return (
    others.at(-1)?.trim() === "" &&
    starts.every((text) => text.trim().startsWith("/*"))
  );
}

type JsxNode = Extract<
  Nodes,
  { type: "mdxJsxFlowElement" | "mdxJsxTextElement" }
>;

/** Checks one block element; gives its definition when its inside should be checked as well. */
function checkBlock(
  node: JsxNode,
  around: readonly Parents[],
  outer: Block | undefined,
  checked: CheckedBody,
): Block | undefined {
  const line = node.position?.start.line;
  const add = (finding: Finding) => void checked.findings.push(finding);
  const block = node.name ? blockNamed(node.name) : undefined;
  if (!block) {
    const known = Object.values<Block>(blocks)
      .filter(({ parent }) => !parent)
      .map(({ name }) => name)
      .join(", ");
    add(
      error(
        "unknown-block",
        `có thẻ ${quoted(`<${node.name ?? ""}>`)}`,
        `Chỉ dùng Markdown và các khối: ${known}. Muốn in dấu < thì viết \\<.`,
        { line },
      ),
    );
    return undefined;
  }
  if (block.parent && outer?.name !== block.parent)
    add(
      error(
        "block-place",
        `khối ${block.name} đứng ngoài khối ${block.parent}`,
        `Đặt <${block.name}> bên trong <${block.parent}>.`,
        { line },
      ),
    );
  const holder = around.findLast((parent) => !isTransparent(parent));
  if (!block.parent && holder && holder.type !== "root")
    add(
      error(
        "block-place",
        `khối ${block.name} nằm trong ${"name" in holder ? "khối khác" : (PLACES[holder.type] ?? "dòng chữ")}`,
        "Đặt khối ở lề trái, giữa hai dòng trống.",
        { line },
      ),
    );

  const props = literalProps(node, add);
  if (props) {
    const result = checkData(block.props, props);
    if (!result.ok)
      for (const { path, ...finding } of result.findings)
        add({
          ...finding,
          ...asAttribute(path, props, finding),
          line,
          field: `${block.label} › ${labelOf(block.props, path)}`,
        });
    collectFiles(block, props, line, checked);
  }
  checkInner(node, block, add);
  return block;
}

/** What differs between a field in YAML and one that is written in a tag: a property's bare name is `true`. */
function asAttribute(
  [name]: FieldPath,
  props: Record<string, string | true>,
  { code }: Finding,
): Partial<Finding> {
  if (code !== "wrong-type") return {};
  return props[String(name)] === true
    ? { found: "chưa có giá trị", remedy: `Viết ${name}="…".` }
    : {
        found: "thuộc tính này không nhận giá trị",
        remedy: `Đúng thì chỉ viết tên ${name}, không kèm dấu bằng; không đúng thì xóa đi.`,
      };
}

/** Where a block does not belong, as an editor calls it. */
const PLACES: Partial<Record<Parents["type"], string>> = {
  blockquote: "đoạn trích dẫn",
  footnoteDefinition: "chú thích",
  heading: "tiêu đề",
  listItem: "danh sách",
  tableCell: "bảng",
};

/** A paragraph that holds nothing but the block: some parsers wrap a block on a line of its own. */
const isTransparent = (parent: Parents): boolean =>
  parent.type === "paragraph" && parent.children.length === 1;

/**
 * The properties of an element as literals: text in quotes, or `true` for a bare name.
 *
 * @returns nothing when some property is not literal (told through `add`)
 */
export function literalProps(
  node: Pick<JsxNode, "attributes" | "name" | "position">,
  add: (finding: Finding) => void,
): Record<string, string | true> | undefined {
  const line = node.position?.start.line;
  const props: Record<string, string | true> = {};
  for (const attribute of node.attributes) {
    if (attribute.type !== "mdxJsxAttribute") {
      add(
        error(
          "code-spread",
          `có {...} trong thẻ <${node.name}>`,
          'Viết từng thuộc tính: tên="giá trị".',
          { line },
        ),
      );
      return undefined;
    }
    if (
      attribute.value !== null &&
      attribute.value !== undefined &&
      typeof attribute.value !== "string"
    ) {
      add(
        error(
          "code-attribute",
          `thuộc tính ${quoted(attribute.name)} của <${node.name}> là mã`,
          `Viết ${attribute.name}="chữ trong dấu nháy kép".`,
          { line },
        ),
      );
      return undefined;
    }
    if (Object.hasOwn(props, attribute.name)) {
      add(
        error(
          "attribute-twice",
          `thuộc tính ${quoted(attribute.name)} viết hai lần`,
          "Giữ lại một.",
          { line },
        ),
      );
      return undefined;
    }
    Object.defineProperty(props, attribute.name, {
      value: attribute.value ?? true,
      enumerable: true,
    });
  }
  return props;
}

function collectFiles(
  block: Block,
  props: Record<string, string | true>,
  line: number | undefined,
  checked: CheckedBody,
): void {
  const { src } = props;
  if (typeof src !== "string") return;
  const text = (name: string) =>
    typeof props[name] === "string" ? props[name] : undefined;
  if ("alt" in block.props.shape)
    checked.pictures.push({
      address: src,
      line,
      credit: text("credit"),
      licence: text("licence") ?? "all-rights",
      alt: text("alt"),
      caption: text("caption"),
      showsChildren: props.showsChildren === true,
    });
  else checked.documents.push({ address: src, line });
}

function checkInner(
  node: JsxNode,
  block: Block,
  add: (finding: Finding) => void,
): void {
  const line = node.position?.start.line;
  const children = (node.children as Nodes[]).filter(
    (child) => !isBlank(child),
  );
  if (block.inner === "none" && children.length > 0)
    add(
      error(
        "block-inner",
        `khối ${block.name} có nội dung bên trong`,
        `Viết <${block.name} … /> và đưa nội dung vào thuộc tính.`,
        { line },
      ),
    );
  if (
    (block.inner === "flow" || block.inner === "text") &&
    children.length === 0
  )
    add(
      error(
        "block-empty",
        `khối ${block.name} không có nội dung`,
        "Viết nội dung vào giữa thẻ mở và thẻ đóng, hoặc xóa khối.",
        { line },
      ),
    );
  if (block.inner !== "blocks") return;
  const items = children.flatMap((child) =>
    child.type === "paragraph"
      ? (child.children as Nodes[]).filter((inner) => !isBlank(inner))
      : [child],
  );
  if (items.length === 0)
    add(
      error(
        "block-empty",
        `khối ${block.name} không có mục nào`,
        `Thêm ít nhất một ${block.children?.join(", ")}.`,
        { line },
      ),
    );
  for (const item of items)
    if (!("name" in item) || !block.children?.includes(item.name ?? ""))
      add(
        error(
          "block-inner",
          `trong khối ${block.name} có thứ không phải ${block.children?.join(", ")}`,
          `Chỉ đặt <${block.children?.join(">, <")}> trong <${block.name}>.`,
          { line: item.position?.start.line },
        ),
      );
}

const isBlank = (node: Nodes): boolean =>
  (node.type === "text" && node.value.trim() === "") ||
  ((node.type === "mdxFlowExpression" || node.type === "mdxTextExpression") &&
    isComment(node.value));

function checkLink(
  url: string,
  line: number | undefined,
  checked: CheckedBody,
): void {
  const kind = addressKind(url);
  if (kind === "refused")
    checked.findings.push(
      error(
        "bad-address",
        `liên kết ${quoted(url)} không an toàn`,
        "Dùng địa chỉ bắt đầu bằng https://, mailto:, tel:, dấu / (trong trang này) hoặc tên tệp cạnh bài.",
        { line },
      ),
    );
  else if (kind === "site") checked.links.push({ address: url, line });
  else if (kind === "file" && !DOCUMENT_NAME.test(fileName(url)))
    checked.findings.push(
      error(
        "document-type",
        `không dẫn tới được tệp ${quoted(url)}`,
        `Chỉ dẫn tới tệp ${DOCUMENT_EXTENSIONS.join(", ")} cạnh bài, tên chữ thường không dấu; liên kết ra ngoài bắt đầu bằng https://.`,
        { line },
      ),
    );
  else if (kind === "file")
    checked.documents.push({ address: fileName(url), line });
}

function checkImage(
  node: Extract<Nodes, { type: "image" }>,
  line: number | undefined,
  checked: CheckedBody,
): void {
  const kind = addressKind(node.url);
  if (kind !== "file") {
    checked.findings.push(
      error(
        "remote-picture",
        `ảnh ${quoted(node.url)} không nằm cạnh bài`,
        "Tải ảnh lên, đặt cùng thư mục với bài rồi ghi tên tệp: trang không lấy ảnh từ nơi khác.",
        { line },
      ),
    );
    return;
  }
  const block: Block = blocks.Figure;
  const props = {
    src: fileName(node.url),
    alt: node.alt ?? undefined,
    credit: node.title ?? undefined,
  };
  const result = checkData(block.props, props);
  if (!result.ok)
    for (const { path, ...finding } of result.findings)
      checked.findings.push({
        ...finding,
        line,
        field: `Ảnh › ${labelOf(block.props, path)}`,
        remedy: `${finding.remedy} Viết: ![mô tả ảnh](ten-anh.jpg "Người chụp").`,
      });
  checked.pictures.push({
    address: props.src,
    line,
    credit: props.credit,
    licence: "all-rights",
    alt: props.alt,
  });
}
