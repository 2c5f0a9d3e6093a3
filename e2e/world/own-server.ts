import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { project } from "./command.ts";

const READY = /^Rollcall is ready at (\S+)$/m;

/** A Rollcall with a data folder of its own, started and stopped as its owner would. */
export class OwnServer {
  readonly dataDir = mkdtempSync(join(tmpdir(), "rollcall-first-run-"));
  baseUrl = "";
  #port = 0;
  #child: ChildProcess | null = null;

  /** Starts it, and returns what it printed until it was ready. `more` are variables, by its port. */
  async start(more: (port: number) => Record<string, string> = () => ({})): Promise<string> {
    this.#port ||= await freePort();
    const child = spawn(process.execPath, ["server/boot/start.mjs"], {
      cwd: project,
      env: {
        ...process.env,
        DATABASE_URL: "",
        HOST: "127.0.0.1",
        PORT: String(this.#port),
        ROLLCALL_DATA: this.dataDir,
        ...more(this.#port),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    const { baseUrl, printed } = await untilReady(child);
    this.baseUrl = baseUrl;
    return printed;
  }

  /** Asks it to end, as Ctrl-C does, and returns its exit status. */
  async stop(): Promise<number | null> {
    const child = this.#child;
    if (child === null || child.exitCode !== null) return child?.exitCode ?? null;
    const exited = once(child, "exit");
    child.kill("SIGINT");
    const [status] = await exited;
    this.#child = null;
    return status;
  }

  remove(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** The address of a server, and what it printed until it was ready. Throws with that where it ends instead. */
export function untilReady(
  child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<{ baseUrl: string; printed: string }> {
  let printed = "";
  return new Promise((resolve, reject) => {
    const onText = (text: string) => {
      printed += text;
      const ready = READY.exec(printed);
      if (ready?.[1] === undefined) return;
      child.stdout.off("data", onText).resume();
      child.stderr.off("data", onText).resume();
      resolve({ baseUrl: ready[1], printed });
    };
    child.stdout.setEncoding("utf8").on("data", onText);
    child.stderr.setEncoding("utf8").on("data", onText);
    child.once("exit", (status) => reject(new Error(`exit ${status}: ${printed}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
