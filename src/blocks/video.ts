import { z } from "zod";
import { field } from "../schema/field.ts";
import { line, webAddress } from "../schema/values.ts";
import { defineBlock } from "./block.ts";
import { markup } from "./html.ts";

/** A link to a video elsewhere. No player is loaded: readers choose whether to meet the other site. */
export const Video = defineBlock({
  name: "Video",
  label: "Video",
  hint: "Đường dẫn tới video ở trang khác; trang này không tự mở video.",
  props: z.strictObject({
    href: field(webAddress(), {
      label: "Địa chỉ video",
      hint: "Chép từ thanh địa chỉ, bắt đầu bằng https://.",
    }),
    title: field(line(), { label: "Tên video" }),
    publisher: field(line().optional(), {
      label: "Nơi đăng",
      hint: "Tên đài, báo hoặc kênh.",
    }),
  }),
  inner: "none",
  render: ({ href, title, publisher }) => {
    // The address as the check understood it: a browser may read the raw text differently.
    const address = new URL(href);
    const host = address.hostname.replace(/^www\./, "");
    const where = `${publisher ? `${publisher}, ` : ""}mở trang khác: ${host}`;
    return markup`<p class="video"><a href="${address.href}">Xem video: ${title} <span class="leads-to">(${where})</span></a></p>`;
  },
  examples: [
    {
      title: "Không ghi nơi đăng",
      source: `<Video href="https://video.example/xem/1" title="Một ngày ở xã Ví Dụ" />`,
    },
    {
      title: "Có nơi đăng",
      source: `<Video href="https://www.video.example/xem?v=abc&amp;t=30" title="Một ngày ở xã Ví Dụ" publisher="Đài Truyền thanh Ví Dụ" />`,
    },
    {
      title: "Chữ khó",
      source: `<Video href="https://video.example/?q=&quot;Ấ&quot;&lt;Ộ&gt;&amp;n='1'" title="“Ấ Ẫ” &amp; &quot;Ự Ỹ&quot; &lt; Ộ" publisher="Nghiêngngảnghiêngngảnghiêngngảnghiêngngảnghiêngngả" />`,
    },
  ],
});
