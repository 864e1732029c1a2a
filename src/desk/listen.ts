/** The desk behind a web server of its own: on a Unix socket, where nothing but the desk answers. */
import { chmod, lstat, rm } from "node:fs/promises";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { connect } from "node:net";
import { listenText } from "../i18n/desk.ts";
import { DESK_ADDRESS } from "./room.ts";

/** Its owner's and its group's: the web server is in the group, and nobody else may say who an editor is. */
const MODE = 0o660;

/**
 * Listens on a Unix socket. What a program that was killed left there is taken over; the socket goes with the server.
 *
 * @param base the site's base path, with which addresses begin
 * @param desk answers what is asked below `DESK_ADDRESS`, the base path taken off
 * @throws Error in Vietnamese when the place is taken, or cannot be had
 */
export async function listenOnSocket(
  socket: string,
  base: string,
  desk: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<Server> {
  const server = createServer((request, response) => {
    const url = request.url ?? "/";
    if (!url.startsWith(base + DESK_ADDRESS.slice(1)))
      return void response.writeHead(404).end();
    request.url = url.slice(base.length - 1);
    return desk(request, response);
  });
  try {
    await makeRoom(socket);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(socket, resolve);
    });
    await chmod(socket, MODE);
  } catch (thrown) {
    server.close();
    const { code = "" } = thrown as NodeJS.ErrnoException;
    throw code
      ? new Error(listenText.failed(socket, code), { cause: thrown })
      : thrown;
  }
  return server;
}

/** Takes away a socket that nobody listens on. @throws Error when somebody does, or it is no socket */
async function makeRoom(socket: string): Promise<void> {
  const status = await lstat(socket).catch(() => undefined);
  if (!status) return;
  if (!status.isSocket()) throw new Error(listenText.noSocket(socket));
  if (await answers(socket)) throw new Error(listenText.taken(socket));
  await rm(socket);
}

const answers = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const asked = connect(socket);
    asked.once("connect", () => {
      asked.destroy();
      resolve(true);
    });
    // Refused: it was left by a program that has ended. Anything else, listening will tell.
    asked.once("error", ({ code }: NodeJS.ErrnoException) =>
      resolve(code !== "ECONNREFUSED"),
    );
  });
