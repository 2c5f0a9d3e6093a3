import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { untilReady } from "./own-server.ts";

const INSPECTED = /^Debugger listening on (ws:\/\/\S+)$/m;

/** The memory and descriptors of a process, after a garbage collection. */
export interface Holdings {
  heapBytes: number;
  rssBytes: number;
  /** Open files and connections. */
  descriptors: number;
}

/** The pools of the database open as many connections as they need, and keep them open. */
export const POOLED = 18;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** A server with a data folder of its own, whose process can be inspected. */
export class Victim {
  readonly dataDir: string;
  readonly baseUrl: string;
  readonly port: number;
  readonly #child: Child;
  readonly #inspector: string;
  #log = "";

  private constructor(dataDir: string, child: Child, ready: { baseUrl: string; printed: string }) {
    this.dataDir = dataDir;
    this.baseUrl = ready.baseUrl;
    this.port = Number(new URL(ready.baseUrl).port);
    this.#child = child;
    this.#inspector = INSPECTED.exec(ready.printed)?.[1] ?? "";
    child.stderr.on("data", (text: string) => {
      this.#log = (this.#log + text).slice(-4_000);
    });
  }

  static async start(): Promise<Victim> {
    const dataDir = mkdtempSync(join(tmpdir(), "rollcall-hostile-"));
    const { DATABASE_URL: _, PUBLIC_PORT: __, ...others } = process.env;
    const child = spawn(process.execPath, ["--inspect=127.0.0.1:0", join("server", "main.ts")], {
      env: {
        ...others,
        NODE_ENV: "production",
        HOST: "127.0.0.1",
        PORT: "0",
        ROLLCALL_DATA: dataDir,
        LOG_LEVEL: "error",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    try {
      return new Victim(dataDir, child, await untilReady(child));
    } catch (error) {
      rmSync(dataDir, { recursive: true, force: true });
      throw error;
    }
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The end of its log. */
  get lastWords(): string {
    return this.#log;
  }

  /** Asks it to stop, and returns its exit status and how long it took. */
  async stop(): Promise<{ status: number | null; tookMs: number }> {
    const begun = performance.now();
    const exited = once(this.#child, "exit");
    if (this.isAlive) this.#child.kill("SIGTERM");
    if (this.isAlive) await exited;
    rmSync(this.dataDir, { recursive: true, force: true });
    return { status: this.#child.exitCode, tookMs: Math.round(performance.now() - begun) };
  }

  async holdings(): Promise<Holdings> {
    const inspector = new WebSocket(this.#inspector);
    await once(inspector, "open");
    let id = 0;
    const ask = (method: string, params: object = {}) =>
      new Promise<unknown>((resolve) => {
        id += 1;
        const mine = id;
        const onMessage = ({ data }: MessageEvent) => {
          const message = JSON.parse(String(data));
          if (message.id !== mine) return;
          inspector.removeEventListener("message", onMessage);
          resolve(message.result?.result?.value);
        };
        inspector.addEventListener("message", onMessage);
        inspector.send(JSON.stringify({ id, method, params }));
      });
    for (let round = 0; round < 3; round += 1) await ask("HeapProfiler.collectGarbage");
    const evaluated = await ask("Runtime.evaluate", { expression: LOOK, returnByValue: true });
    inspector.close();
    const [heapBytes = 0, rssBytes = 0, descriptors = 0] = JSON.parse(String(evaluated));
    return { heapBytes, rssBytes, descriptors };
  }
}

const LOOK = `(() => {
  const { heapUsed, external, rss } = process.memoryUsage();
  const { readdirSync } = process.getBuiltinModule("node:fs");
  return JSON.stringify([heapUsed + external, rss, readdirSync("/dev/fd").length]);
})()`;
