/** What the page of upload.test.ts runs: our forms over the real desk, with files taken over. */
import { cmsConfig } from "../../admin/forms.ts";
import { register, type Cms } from "../../admin/register.ts";
import { interceptUploads, type UploadOptions } from "../../admin/upload.ts";
import { deskFetch } from "../../src/desk/client.ts";

declare const CMS: Cms &
  UploadOptions["cms"] & { init(options: { config: object }): void };

const proxy_url = `${location.origin}/admin/api/desk`;
const writer = { name: "Bà Đào", mail: "dao@example.vn" };
window.fetch = deskFetch(window.fetch.bind(window), proxy_url, () => writer);

// Decap's login for this backend asks for nothing.
localStorage.setItem(
  "decap-cms-user",
  JSON.stringify({ backendName: "proxy" }),
);
register(CMS);
interceptUploads({ address: "/admin/api/pictures", cms: CMS });
CMS.init({
  config: cmsConfig("content", { name: "proxy", proxy_url, branch: "main" }),
});
