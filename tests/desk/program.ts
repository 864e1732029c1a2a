/** A desk in a process of its own, to be killed: content folder, then port. */
import { createServer } from "node:http";
import { openDesk } from "../../src/desk/desk.ts";
import { judge } from "./judge.ts";

const [contentDir, port] = process.argv.slice(2);
const desk = await openDesk({
  contentDir: contentDir!,
  hosts: [`127.0.0.1:${port}`],
  judge,
});
createServer(desk).listen(Number(port), "127.0.0.1", () =>
  console.log("listening"),
);
