import { z } from "zod";
import { field } from "../schema/field.ts";
import { DOCUMENT_EXTENSIONS, fileBeside, line } from "../schema/values.ts";
import type { DocumentView } from "./block.ts";
import { defineBlock } from "./block.ts";
import { markup } from "./html.ts";

/** A file to download. One that cannot be offered leaves its title, never a dead link. */
export const Document = defineBlock({
  name: "Document",
  label: "Tài liệu tải về",
  hint: "Một tệp để bạn đọc tải về, in kèm loại và dung lượng.",
  props: z.strictObject({
    src: field(fileBeside(DOCUMENT_EXTENSIONS), {
      label: "Tệp",
      hint: `Tệp ${DOCUMENT_EXTENSIONS.join(", ")}.`,
      file: "document",
      widget: "file",
    }),
    title: field(line(), {
      label: "Tên tài liệu",
      hint: "Tên để đọc, không phải tên tệp.",
    }),
  }),
  inner: "none",
  render: ({ src, title }, _inner, context) => {
    const view = context.document(src);
    // Saved under the editor's name for it, whatever address it was published at.
    return view
      ? markup`<p class="document"><a href="${view.href}" download="${src}">${title} <span class="file">(${describeFile(view)})</span></a></p>`
      : markup`<p class="document">${title}</p>`;
  },
  examples: [
    {
      title: "Tệp PDF",
      source: `<Document src="ke-hoach.pdf" title="Kế hoạch của xã Ví Dụ" />`,
    },
    {
      title: "Bảng tính, chữ khó",
      source: `<Document src="du-toan-2025.xlsx" title="Dự toán “Ấ Ẫ” &amp; &quot;Ự Ỹ&quot; &lt; Ộ: Nghiêngngảnghiêngngảnghiêngngảnghiêngngả" />`,
    },
  ],
});

/**
 * A file's type and size as people read them: `PDF, 1,2 MB`.
 *
 * @returns text, with a non-breaking space before the unit
 */
export const describeFile = ({ extension, bytes }: DocumentView): string =>
  `${extension.toUpperCase()}, ${fileSize(bytes)}`;

/** A size as people read it: `1,2 MB`. */
export function fileSize(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1000));
  if (kilobytes < 1000) return `${kilobytes}\u00a0kB`;
  const megabytes = (bytes / 1_000_000).toFixed(1).replace(/\.0$/, "");
  return `${megabytes.replace(".", ",")}\u00a0MB`;
}
