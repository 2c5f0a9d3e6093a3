import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Database } from "#db/connection/client.ts";
import { addSource, sourcesOf } from "#db/sources/sources.ts";
import type { Ms } from "#domain/time/ms.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { withProgress } from "#server/runtime/jobs/progress.ts";
import { type Days, sourcesOfSeed } from "./history.ts";
import { planHistory } from "./plan.ts";
import type { SeedJob, Share } from "./share.ts";
import type { WrittenChunk } from "./write.ts";

export interface SeedOptions {
  /** About how many events, to a percent or two. */
  events: number;
  seed: number;
  /** The last day, as its first moment in UTC. */
  until: Ms;
  now: () => Ms;
  threads: number;
}

/** What a seeding wrote, and how long it took. */
export interface Seeded extends WrittenChunk {
  seed: number;
  series: number;
  days: Days;
  elapsedMs: Ms;
  /** How long each part took by the clock; the times of threads are added up. */
  parts: { planMs: Ms; plotMs: Ms; writeMs: Ms; tidyMs: Ms };
}

/** The history of this seed is there already. */
export class AlreadySeeded extends Error {
  override name = "AlreadySeeded";
  constructor(seed: number) {
    super(`The history of seed ${seed} is in this database already: take another --seed.`);
  }
}

/** Below this many events another thread would not be worth its start. */
const WORTH_A_THREAD = 25_000;

/** One more than processors: each keeps one busy, the thread with plotting or the database with its rows. */
export function usualThreads(): number {
  return availableParallelism() + 1;
}

/**
 * Fills a database with the history of a seed: sources, deliveries, and their projection. Existing rows stay.
 * Throws `AlreadySeeded` where that history is stored already, also in part.
 */
export async function seedHistory(
  { database, url, secret }: { database: Database; url: string; secret: string },
  { events, seed, until, now, threads }: SeedOptions,
  say: (line: string) => void,
): Promise<Seeded> {
  const begun = performance.now();
  const sources = sourcesOfSeed(seed);
  const ids = sources.map(({ id }) => id);
  if ((await sourcesOf(database.orm, ids)).length > 0) throw new AlreadySeeded(seed);
  const { series, days, expected } = planHistory(seed, events, until);
  const planMs = performance.now() - begun;
  for (const source of sources) {
    const sealedSecret = encrypt(randomBytes(32).toString("base64"), secret);
    await addSource(database.orm, { ...source, isDemo: true, sealedSecret });
  }
  let sum = NOTHING;
  const of = Math.max(1, Math.min(threads, series, Math.ceil(expected / WORTH_A_THREAD)));
  const job = { url, seed, series, days, sources: ids, now: now() };
  const jobs = Array.from({ length: of }, (_, index) => ({ ...job, share: { index, of } }));
  await withProgress(expected, "events written", { say, now }, (progress) =>
    runAll(jobs, (share) => {
      sum = added(sum, share);
      progress.add(share.events);
    }),
  );
  const written = performance.now();
  await tidy(database);
  const done = performance.now();
  const { plotMs, writeMs, ...rows } = sum;
  const parts = { planMs, plotMs, writeMs, tidyMs: done - written };
  return { ...rows, seed, series, days, elapsedMs: done - begun, parts };
}

const NOTHING: Share = {
  deliveries: 0,
  events: 0,
  meetings: 0,
  attendances: 0,
  waits: 0,
  plotMs: 0,
  writeMs: 0,
};

function added(a: Share, b: Share): Share {
  return {
    deliveries: a.deliveries + b.deliveries,
    events: a.events + b.events,
    meetings: a.meetings + b.meetings,
    attendances: a.attendances + b.attendances,
    waits: a.waits + b.waits,
    plotMs: a.plotMs + b.plotMs,
    writeMs: a.writeMs + b.writeMs,
  };
}

/** What autovacuum would do in time: updates the planner's statistics, and cleans up dead rows. */
async function tidy({ sql }: Database): Promise<void> {
  await sql`vacuum (analyze) rooms, meetings, attendances, waits`;
  await sql`analyze events, deliveries, delivery_keys`;
}

async function runAll(jobs: readonly SeedJob[], report: (share: Share) => void): Promise<void> {
  const workers = jobs.map(
    (job) => new Worker(new URL("./worker.ts", import.meta.url), { workerData: job }),
  );
  try {
    await Promise.all(workers.map((worker) => ended(worker, report)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function ended(worker: Worker, report: (share: Share) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on("message", report);
    worker.once("error", reject);
    worker.once("exit", () => resolve());
  });
}
