import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { z } from "zod";
import { readPostmasterFile } from "#db/embedded/postmaster.ts";
import { root, soon } from "#server/boot/project.mjs";
import { sign } from "#server/providers/daily/sign.ts";
import { dailyBody } from "./load/daily-body.ts";
import { freePort } from "./parts/free-port.ts";
import { interleave } from "./parts/pairs.ts";
import { buildPlainNext } from "./parts/plain-next.ts";
import { report, say, Void } from "./parts/report.ts";
import { compare } from "./parts/statistics.ts";

/*
 * How long a provider's webhooks are refused while Rollcall restarts: from `npm start`, with its own PostgreSQL
 * and everything installed and built, until a webhook is stored. The baseline is a minimal server with Next, until
 * it answers.
 */

const PAIRS = 7;
const ASK_EVERY_MS = 5;
const MOST_MS = 60_000;

const added = z.object({ webhook_path: z.string(), secret: z.string() });

type Ask = (port: number) => Promise<Response>;

export async function start(): Promise<void> {
  await buildPlainNext();
  const dataDir = await mkdtemp(join(tmpdir(), "rollcall-bench-start-"));
  const env = {
    ...process.env,
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    DATABASE_URL: "",
    ROLLCALL_DATA: dataDir,
  } as const;

  async function timed([command, ...args]: readonly [string, ...string[]], ask: Ask) {
    const port = await freePort();
    const began = performance.now();
    const child = spawn(command, args, {
      cwd: root,
      env: soon({ ...env, PORT: String(port) }),
      stdio: "ignore",
      detached: true,
    });
    try {
      const text = await answered(child, () => ask(port));
      return { took: performance.now() - began, text };
    } finally {
      await endGroup(child);
      while (readPostmasterFile(join(dataDir, "postgres")) !== null) await pause(ASK_EVERY_MS);
    }
  }

  try {
    // The first start creates the database and the compile cache of later ones.
    await timed(["npm", "start"], healthOf);
    const source = await sourceOf(dataDir);
    let sent = 0;
    const rollcall = async () => {
      const { took, text } = await timed(["npm", "start"], (port) => {
        sent += 1;
        return fetch(`http://127.0.0.1:${port}${source.webhook_path}`, webhook(source, sent));
      });
      if (!text.includes('"recorded"')) throw new Void("start", `a webhook was answered ${text}`);
      say(`  rollcall: ${took.toFixed(0)} ms until a webhook was kept`);
      return took;
    };
    const bare = async () => {
      const { took } = await timed([process.execPath, "bench/baselines/bare-next.ts"], (port) =>
        fetch(`http://127.0.0.1:${port}/api/webhooks/daily/none`, { method: "POST", body: "{}" }),
      );
      say(`  next: ${took.toFixed(0)} ms until it answered`);
      return took;
    };
    await bare();
    const pairs = await interleave(PAIRS, { baseline: bare, candidate: rollcall }, () => undefined);
    report("start", compare(pairs), { unit: "ms until the first answer" });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The health of a server. Throws as long as it starts. */
async function healthOf(port: number): Promise<Response> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/health`);
  if (!answer.ok) throw new Error(`not yet: ${await answer.text()}`);
  return answer;
}

/** The first answer of the server. Throws where it ends before that, or does not answer for a minute. */
async function answered(child: ChildProcess, ask: () => Promise<Response>): Promise<string> {
  const until = performance.now() + MOST_MS;
  while (child.exitCode === null && performance.now() < until) {
    const answer = await ask().catch(() => null);
    if (answer !== null) return answer.text();
    await pause(ASK_EVERY_MS);
  }
  throw new Error(`a server did not answer: it ended with ${child.exitCode}`);
}

/** Ends a child and all processes that it started. */
async function endGroup({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return;
  const signalled = (signal: NodeJS.Signals | 0) => {
    try {
      return process.kill(-pid, signal);
    } catch {
      return false;
    }
  };
  if (signalled("SIGTERM")) while (signalled(0)) await pause(ASK_EVERY_MS);
}

async function sourceOf(dataDir: string): Promise<z.infer<typeof added>> {
  const command = ["server/cli/rollcall.ts", "source", "add", "--provider", "daily"];
  const args = [...command, "--name", "Benchmark", "--json"];
  const env = soon({ ...process.env, DATABASE_URL: "", ROLLCALL_DATA: dataDir });
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
  return added.parse(JSON.parse(stdout));
}

function webhook({ secret }: { secret: string }, nth: number): RequestInit {
  const now = Date.now();
  const session = `guest-${nth}`;
  const body = dailyBody({
    type: "participant.joined",
    room: "start",
    session,
    userId: session,
    name: session,
    owner: false,
    from: now,
    to: null,
  });
  return { method: "POST", headers: sign(body, secret, now), body };
}
