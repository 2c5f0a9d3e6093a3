import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { z } from "zod";
import { root } from "#server/boot/project.mjs";

const READY_MS = 60_000;

/** A server in a process of its own. */
export interface Served {
  port: number;
  pid: number;
  stop(): Promise<void>;
}

/**
 * Starts a server and waits for the line of its standard output that says where it listens. `portPattern` finds
 * the port in that line.
 */
export async function serve(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  portPattern: RegExp,
): Promise<Served> {
  const child = spawn(process.execPath, [...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<number>((resolve, reject) => {
    const lost = () => reject(new Error(`${args.join(" ")} did not say where it listens`));
    const timer = setTimeout(lost, READY_MS);
    child.once("exit", lost);
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = portPattern.exec(line)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      child.off("exit", lost);
      resolve(Number(found));
    });
  });
  return { port, pid: child.pid ?? 0, stop: () => end(child) };
}

/** A process that answers jobs, one after another. */
export interface Worker<Job, Answer> {
  ask(job: Job): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts `bench/load/<name>` of this folder or another. Its answers are parsed by `answer`. */
export function hire<Job extends object, Answer>(
  name: string,
  answer: z.ZodType<Answer>,
  folder = root,
): Worker<Job, Answer> {
  const child = fork(join(folder, "bench/load", name), {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  return {
    async ask(job) {
      const settled = new AbortController();
      const { signal } = settled;
      const ended = once(child, "exit", { signal }).then(() => {
        throw new Error(`${name} ended before it answered`);
      });
      const answered = once(child, "message", { signal });
      child.send(job);
      try {
        const [message] = await Promise.race([answered, ended]);
        return answer.parse(message);
      } finally {
        ended.catch(() => undefined);
        answered.catch(() => undefined);
        settled.abort();
      }
    },
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
