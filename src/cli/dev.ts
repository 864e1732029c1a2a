/** `npm run dev`: live development; content and code are read again as they change. */
import { dev } from "astro";
import { ROOT } from "../build/build.ts";

await dev({
  root: ROOT,
  server: { port: Number(process.env.PORT || 4321) },
});
