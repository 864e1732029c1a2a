import type { GitLab } from "../src/loader/gitlab.ts";

/**
 * What the browser lets the CMS do: load and send to this site alone, and to the GitLab it writes to if there is one. Stands in the page and in the
 * server's answer. Two things are looser than on the site's own pages, both for Decap alone:
 * `unsafe-eval`, because its check of the configuration (AJV) is code made as text, and inline styles,
 * which its components write as they run. That is why nothing else of the site has this policy.
 */
export const adminPolicy = (gitlab?: Pick<GitLab, "url">): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self' data:",
    // What was typed but not saved keeps its pictures as blobs.
    ["connect-src 'self' blob:", gitlab && new URL(gitlab.url).origin]
      .filter(Boolean)
      .join(" "),
    "frame-src 'self' blob:",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
