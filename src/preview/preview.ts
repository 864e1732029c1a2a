/** The preview as the desk has it: a process that is started when somebody writes, and ended when nobody does. */
import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Settings } from "../loader/settings.ts";
import type { PreviewAnswer, PreviewRequest } from "./protocol.ts";

/** How long the process may take, in milliseconds, before it counts as stuck and is ended. */
const TO_START = 120_000;
const TO_ANSWER = 20_000;
/** How long it stays when nobody writes. */
const TO_STAY = 10 * 60_000;

/** What the process says: once that it is there, then an answer a request. */
export type Message =
  { ready: true } | { answer: PreviewAnswer } | { failed: string };

export class Preview {
  readonly #settings: Settings;
  #started: Promise<ChildProcess> | undefined;
  /** Requests one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #leaving: NodeJS.Timeout | undefined;

  /** @param settings of the built site whose pages are shown */
  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * Shows an entry as it would be on the site.
   *
   * @throws when the page cannot be made; the next request has a new process if need be
   */
  ask(request: PreviewRequest): Promise<PreviewAnswer> {
    const answer = this.#turn.then(() => this.#answer(request));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  /** Ends the process; a later request starts another. */
  close(): void {
    clearTimeout(this.#leaving);
    const started = this.#started;
    this.#started = undefined;
    // It clears up behind itself when it hears of this.
    void started?.then(
      (child) => child.connected && child.disconnect(),
      () => undefined,
    );
  }

  async #answer(request: PreviewRequest): Promise<PreviewAnswer> {
    clearTimeout(this.#leaving);
    const heard = await this.#hearOf(request);
    this.#leaving = setTimeout(() => this.close(), TO_STAY).unref();
    if ("answer" in heard) return heard.answer;
    throw new Error("failed" in heard ? heard.failed : "no answer");
  }

  async #hearOf(request: PreviewRequest): Promise<Message> {
    try {
      const child = await (this.#started ??= start(this.#settings));
      const message = hear(child, TO_ANSWER);
      child.send(request);
      return await message;
    } catch (thrown) {
      this.close();
      throw thrown;
    }
  }
}

async function start(settings: Settings): Promise<ChildProcess> {
  const child = fork(
    path.join(import.meta.dirname, "process.ts"),
    [JSON.stringify(settings)],
    {
      cwd: fileURLToPath(new URL("../../", import.meta.url)),
      env: environment(),
      // What stands in the way of an editor's text is told by the desk, not printed.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      execArgv: ["--max-old-space-size=1024"],
    },
  );
  // A desk that ends takes it along: the process hears of it.
  child.unref();
  child.channel?.unref();
  await hear(child, TO_START);
  return child;
}

/** What the process is told of the desk's environment: nothing that is secret, nothing that bundlers read. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ["PATH", "HOME", "TMPDIR", "TEMP", "SystemRoot", "BUILD_NOW"].flatMap(
      (name) =>
        process.env[name] === undefined ? [] : [[name, process.env[name]]],
    ),
  );

/** The next message of the process. @throws when it ends or is silent instead */
function hear(child: ChildProcess, patience: number): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) =>
      settle(() => resolve(message as Message));
    const onEnd = () =>
      settle(() => reject(new Error("The preview's process has ended")));
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      settle(() => reject(new Error("The preview's process is stuck")));
    }, patience);
    const settle = (done: () => void) => {
      clearTimeout(timer);
      child.off("message", onMessage);
      child.off("exit", onEnd);
      child.off("error", onEnd);
      done();
    };
    child.once("message", onMessage);
    child.once("exit", onEnd);
    child.once("error", onEnd);
    if (child.exitCode !== null || child.signalCode !== null) onEnd();
  });
}
