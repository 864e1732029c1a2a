/** For `tsc`, which reads no components; `astro check` knows each by itself. */
declare module "*.astro" {
  const component: import("astro/runtime/server/index.js").AstroComponentFactory;
  export default component;
}
