import { seedInto } from "./history/past.ts";
import type { HistoryOptions } from "./history.ts";
import { flooded as answer, type Flooded, type FloodJob } from "./load/jobs.ts";
import { hire } from "./parts/child.ts";
import { type Contestant, startRollcall } from "./parts/contestants.ts";
import { flooded } from "./parts/flooding.ts";
import { interleave } from "./parts/pairs.ts";
import { report, say } from "./parts/report.ts";
import { type BenchStage, openBench } from "./parts/stage.ts";
import { compare } from "./parts/statistics.ts";

/*
 * (h) What comes into a large history, against what comes into an empty database: two servers, each with a PostgreSQL
 * of its own, flooded in turn.
 */

const PAIRS = 7;

export async function flood({ events: [, many], data }: HistoryOptions): Promise<void> {
  const load = hire<FloodJob, Flooded>("flood.ts", answer);
  const stages: BenchStage[] = [];
  const running: Contestant[] = [];
  try {
    const empty = await openBench();
    stages.push(empty);
    const full = await openBench(data);
    stages.push(full);
    say(data === null ? `flood: seeding ${many} events` : `flood: ${data}`);
    if (data === null) await seedInto(full, many);
    const baseline = { ...(await startRollcall(empty)), name: "into none" };
    running.push(baseline);
    const candidate = { ...(await startRollcall(full)), name: "into the past" };
    running.push(candidate);
    let seed = 0;
    const sides = {
      baseline: () => flooded("flood", { bench: empty, load, seed }, baseline),
      candidate: () => flooded("flood", { bench: full, load, seed }, candidate),
    };
    // Each is warm before it is measured.
    await interleave(1, sides, () => (seed += 1));
    const pairs = await interleave(PAIRS, sides, () => (seed += 1));
    for (const [id, of] of [
      ["flood-past", "acknowledged"],
      ["flood-past-projected", "whole"],
    ] as const) {
      const compared = pairs.map(({ baseline, candidate }) => ({
        baseline: baseline[of],
        candidate: candidate[of],
      }));
      report(id, compare(compared), { unit: "deliveries/s" });
    }
  } finally {
    await load.stop();
    for (const { served } of running) await served.stop();
    for (const stage of stages) await stage.close();
  }
}
