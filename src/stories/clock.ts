/** The one moment that a build takes place at. */

/**
 * The build's moment: `BUILD_NOW` when set (the build sets it, so that all its parts agree), else now.
 *
 * @throws when `BUILD_NOW` is not an instant
 */
export function buildMoment(env: NodeJS.ProcessEnv = process.env): Date {
  const moment = env.BUILD_NOW ? new Date(env.BUILD_NOW) : new Date();
  if (Number.isNaN(moment.getTime()))
    throw new Error(`BUILD_NOW is not an instant: ${env.BUILD_NOW}`);
  return moment;
}
