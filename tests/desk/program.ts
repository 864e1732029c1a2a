/** A desk in a process of its own, to be killed: content folder, then port. */
import { createServer } from "node:http";
import { openDesk } from "../../src/desk/desk.ts";
import { Store } from "../../src/desk/store.ts";
import { judge } from "./judge.ts";

const [contentDir, port] = process.argv.slice(2);
const desk = openDesk({
  store: await Store.open(contentDir!, judge),
  hosts: [`127.0.0.1:${port}`],
});
createServer(desk).listen(Number(port), "127.0.0.1", () =>
  console.log("listening"),
);
