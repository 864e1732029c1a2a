/** The content security policy of a page (CSP Level 3): only what this site itself serves may load or run. */
import { createHash } from "node:crypto";

/**
 * Keeps web fonts from being fetched for a reader who saves data. It is the one script that stands in a
 * page itself: fonts would be on their way before a file of it could arrive.
 */
export const SAVE_DATA =
  "if(navigator.connection?.saveData)document.documentElement.classList.add('save-data')";

/** The source expression that lets exactly one inline script or style through. */
const exactly = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const SAVE_DATA_SOURCE = exactly(SAVE_DATA);

/**
 * @param style the page's inline style, if it has one
 * @param framing whether the page shows other pages of this site in frames
 */
export const contentPolicy = (style?: string, framing = false): string =>
  policyOf(style ? [exactly(style)] : [], framing);

const policyOf = (styles: readonly string[], framing: boolean): string =>
  [
    "default-src 'none'",
    "img-src 'self'",
    `style-src ${["'self'", ...styles].join(" ")}`,
    "font-src 'self'",
    ...(framing ? ["frame-src 'self'"] : []),
    `script-src 'self' ${SAVE_DATA_SOURCE}`,
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
  ].join("; ");

/**
 * What servers say of every page, in a header. It knows no page's style, which changes with the site's colours: the
 * page's own element allows that one alone, and where there are two policies both hold.
 */
export const PAGE_POLICY = policyOf(["'unsafe-inline'"], true);

/** The same of pages that stand in other people's frames. */
export const FRAME_POLICY = policyOf(["'unsafe-inline'"], false);

/**
 * The policy of a page that editors see before it is published: nothing runs and nothing is sent. Pictures may
 * come from the editor's browser, where they are before they are saved.
 *
 * @param policy that of the published page
 */
export const previewPolicy = (policy: string): string =>
  [
    ...policy
      .split("; ")
      .filter((directive) => /^(?:default|img|style|font)-src /.test(directive))
      .map((directive) =>
        directive.startsWith("img-src ") ? `${directive} blob:` : directive,
      ),
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
