/** Addresses as pages print them. */

/** The site's base path, with a slash at both ends. */
const base = import.meta.env.BASE_URL.replace(/\/?$/, "/");

/** A path of this site under its base: `/mo-hinh/` is `/guong-sang/mo-hinh/` there. */
export const href = (path: string): string =>
  `${base}${path.replace(/^\//, "")}`;

/** The same with the public origin, for what is read elsewhere. */
export const canonical = (path: string): string =>
  new URL(href(path), import.meta.env.SITE).href;

/** An address as a page prints it, with the public origin. */
export const inFull = (printed: string): string =>
  new URL(printed, canonical("/")).href;

/** The path of a list's page: the front page, or `trang-3/` below it. */
export const listPath = (list: string, page: number | undefined): string =>
  page ? `${list}trang-${page}/` : list;
