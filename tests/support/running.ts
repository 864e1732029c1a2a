/** Programs of this project that go on running, and what they serve. */
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { afterEach } from "vitest";
import { startNode } from "./site.ts";

export { freePort } from "./port.ts";

const running: Started[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop("SIGKILL")));
});

/** A program that was started, with what it has said so far. */
export class Started {
  readonly #child;
  readonly #closed: Promise<unknown[]>;
  output = "";
  #heard: () => void = () => {};

  /** It is stopped when the test ends. */
  constructor(program: string, env: NodeJS.ProcessEnv) {
    running.push(this);
    this.#child = startNode([program], env);
    this.#closed = once(this.#child, "close");
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
        this.#heard();
      });
    void this.#closed.then(() => this.#heard());
  }

  /** Waits until it has said something; fails when it ends without. */
  async says(words: string): Promise<void> {
    while (!this.output.includes(words)) {
      if (this.#child.exitCode !== null || this.#child.signalCode)
        throw new Error(`It ended without «${words}»:\n${this.output}`);
      await new Promise<void>((resolve) => (this.#heard = resolve));
    }
  }

  /** Waits for its end. */
  async ends(): Promise<number | null> {
    await this.#closed;
    return this.#child.exitCode;
  }

  stop(signal: NodeJS.Signals): Promise<number | null> {
    this.#child.kill(signal);
    return this.ends();
  }
}

/** A request whose path is sent as it is given: `fetch` would tidy it. */
export async function get(port: number, path: string) {
  const sent = request({ host: "localhost", port, path, agent: false }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}
