import { flooded as answer, type Flooded, type FloodJob } from "./load/jobs.ts";
import { hire } from "./parts/child.ts";
import { type Contestant, startPlain, startRollcall } from "./parts/contestants.ts";
import { type FloodRates, flooded } from "./parts/flooding.ts";
import { interleave } from "./parts/pairs.ts";
import { buildPlainNext } from "./parts/plain-next.ts";
import { report, rounded, say } from "./parts/report.ts";
import { openBench } from "./parts/stage.ts";
import { compare, type Pair, quantile } from "./parts/statistics.ts";

/*
 * (a) Durable signed ingest with all projections, against plain servers that only store a row. One PostgreSQL;
 * every server in its own process; the load from another.
 */

const PAIRS = { fastify: 7, next: 5 };

export async function ingest(): Promise<void> {
  say("ingest: building the plain Next route");
  await buildPlainNext();
  const bench = await openBench();
  const load = hire<FloodJob, Flooded>("flood.ts", answer);
  const running: Contestant[] = [];
  let seed = 0;

  const run = (contestant: Contestant) => flooded("ingest", { bench, load, seed }, contestant);

  async function against(id: string, baseline: Contestant, n: number): Promise<void> {
    const [rollcall] = running;
    if (!rollcall) throw new Error("Rollcall does not run");
    const sides = { baseline: () => run(baseline), candidate: () => run(rollcall) };
    const pairs = await interleave(n, sides, ({ baseline, candidate }) => {
      seed += 1;
      const [acknowledged, whole] = [candidate.acknowledged, candidate.whole];
      say(
        `  ${id}: ${rounded(acknowledged / baseline.acknowledged)}, projected ${rounded(whole / baseline.acknowledged)}`,
      );
    });
    // Projected deliveries are compared with deliveries that the baseline only stores.
    const against = (of: (rates: FloodRates) => number): Pair[] =>
      pairs.map((pair) => ({
        baseline: pair.baseline.acknowledged,
        candidate: of(pair.candidate),
      }));
    const commits = pairs.map(({ candidate }) => candidate.commitsPerEvent);
    const unit = "deliveries/s";
    report(id, compare(against(({ acknowledged }) => acknowledged)), { unit });
    report(`${id}-projected`, compare(against(({ whole }) => whole)), {
      unit,
      commits_per_event: quantile(commits, 0.5),
    });
  }

  try {
    running.push(await startRollcall(bench));
    const fastify = await startPlain(bench, "fastify");
    running.push(fastify);
    const next = await startPlain(bench, "next");
    running.push(next);
    // Each is warm before it is measured.
    for (const contestant of running) await run(contestant);
    seed += 1;
    await against("ingest-fastify", fastify, PAIRS.fastify);
    await against("ingest-next", next, PAIRS.next);
  } finally {
    await load.stop();
    for (const { served } of running) await served.stop();
    await bench.close();
  }
}
