import type { Flooded, FloodJob } from "#bench/load/jobs.ts";
import type { Worker } from "./child.ts";
import type { Contestant } from "./contestants.ts";
import { refuseOthers, say, Void } from "./report.ts";
import { type BenchStage, settle } from "./stage.ts";
import { countCommits } from "./stored.ts";

const FLOOD = { rooms: 50, people: 40, connections: 64, durationMs: 4_000, most: 80_000 };

/** Deliveries per second: acknowledged, and `whole` from the first request until the last is projected. */
export interface FloodRates {
  acknowledged: number;
  whole: number;
  commitsPerEvent: number;
}

/** Sends for a while, as fast as it is answered, and returns the rates. Void where what was acknowledged is not kept. */
export async function flooded(
  id: string,
  { bench, load, seed }: { bench: BenchStage; load: Worker<FloodJob, Flooded>; seed: number },
  { name, served, target, count, rest }: Contestant,
): Promise<FloodRates> {
  await settle(bench);
  const before = await count();
  const commitsBefore = await countCommits(bench);
  const job = { ...FLOOD, ...target, port: served.port, seed };
  const { acknowledged, others, elapsedMs, p50, p99 } = await load.ask(job);
  refuseOthers(id, name, others);
  const answered = performance.now();
  await rest();
  const restMs = performance.now() - answered;
  const commits = (await countCommits(bench)) - commitsBefore;
  const stored = (await count()) - before;
  if (stored !== acknowledged) {
    throw new Void(id, `${name} acknowledged ${acknowledged} deliveries and kept ${stored}`);
  }
  const rates = {
    acknowledged: acknowledged / (elapsedMs / 1_000),
    whole: acknowledged / ((elapsedMs + restMs) / 1_000),
    commitsPerEvent: commits / acknowledged,
  };
  const shownRates = [rates.acknowledged, rates.whole].map((rate) => `${rate.toFixed(0)}/s`);
  say(
    `  ${name}: ${shownRates.join(", to the end ")}, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${stored} kept`,
  );
  return rates;
}
