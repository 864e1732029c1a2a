/** Made by `src/build/embeds.ts`. */
declare module "virtual:embed-scripts" {
  /** What every view runs. */
  export const guest: string;
  /** `RESIZE_SCRIPT`. */
  export const host: string;
  /** `ELEMENT_SCRIPT`. */
  export const element: string;
}
