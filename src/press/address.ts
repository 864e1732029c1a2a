/** Where the press finds what it needs, without the site's base. Others link there: what is here stays. */

/** The press page with the newest releases. */
export const PRESS = "/bao-chi/";

/** What was corrected after it was published. */
export const CORRECTIONS = `${PRESS}dinh-chinh/`;

/**
 * A story's press kit.
 *
 * @param story the story's own address
 */
export const kitPath = (story: string): string => `${story}tu-lieu/`;

/** All of a story's press kit in one file, named after the story. */
export const zipPath = (story: string): string =>
  `${kitPath(story)}${story.split("/").at(-2)}.zip`;
