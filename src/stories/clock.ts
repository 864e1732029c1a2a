/** The one moment that a build takes place at. */

/**
 * The build's moment: `BUILD_NOW` when set (the build sets it, so that all its parts agree), else now.
 *
 * @throws when `BUILD_NOW` is not an instant
 */
export function buildMoment(env: NodeJS.ProcessEnv = process.env): Date {
  const { BUILD_NOW } = env;
  if (!BUILD_NOW) return new Date();
  const moment = new Date(BUILD_NOW);
  // Without an offset it would be another moment on another machine.
  if (
    !/T.*(?:Z|[+-]\d{2}:\d{2})$/.test(BUILD_NOW) ||
    Number.isNaN(moment.getTime())
  )
    throw new Error(
      `BUILD_NOW phải là ngày giờ kèm múi giờ, ví dụ 2026-05-19T08:00:00+07:00, đang là «${BUILD_NOW}».`,
    );
  return moment;
}
