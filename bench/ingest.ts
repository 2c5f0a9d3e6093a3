import { type Flooded, type FloodJob, flooded } from "./load/jobs.ts";
import { hire } from "./parts/child.ts";
import { type Contestant, startPlain, startRollcall } from "./parts/contestants.ts";
import { interleave } from "./parts/pairs.ts";
import { buildPlainNext } from "./parts/plain-next.ts";
import { refuseOthers, report, rounded, say, Void } from "./parts/report.ts";
import { openBench, settle } from "./parts/stage.ts";
import { compare, type Pair, quantile } from "./parts/statistics.ts";
import { countCommits } from "./parts/stored.ts";

/*
 * (a) Durable signed ingest with all projections, against plain servers that only store a row. One PostgreSQL;
 * every server in its own process; the load from another.
 */

const LOAD = { rooms: 50, people: 40, connections: 64, durationMs: 4_000, most: 80_000 };
const WARM_UP_MS = 4_000;
const PAIRS = { fastify: 7, next: 5 };

/** Deliveries per second: acknowledged, and `whole` from the first request until the last is projected. */
interface Rates {
  acknowledged: number;
  whole: number;
  commitsPerEvent: number;
}

export async function ingest(): Promise<void> {
  say("ingest: building the plain Next route");
  await buildPlainNext();
  const bench = await openBench();
  const load = hire<FloodJob, Flooded>("flood.ts", flooded);
  const running: Contestant[] = [];
  let seed = 0;

  /** Sends for a while, and returns the rates. */
  async function run(contestant: Contestant, durationMs: number): Promise<Rates> {
    const { name, served, target, count, rest } = contestant;
    await settle(bench);
    const before = await count();
    const commitsBefore = await countCommits(bench);
    const job = { ...LOAD, ...target, port: served.port, seed, durationMs };
    const { acknowledged, others, elapsedMs, p50, p99 } = await load.ask(job);
    refuseOthers("ingest", name, others);
    const answered = performance.now();
    await rest();
    const restMs = performance.now() - answered;
    const commits = (await countCommits(bench)) - commitsBefore;
    const stored = (await count()) - before;
    if (stored !== acknowledged) {
      throw new Void(
        "ingest",
        `${name} acknowledged ${acknowledged} deliveries and kept ${stored}`,
      );
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

  async function against(id: string, baseline: Contestant, n: number): Promise<void> {
    const [rollcall] = running;
    if (!rollcall) throw new Error("Rollcall does not run");
    const pairs = await interleave(
      n,
      {
        baseline: () => run(baseline, LOAD.durationMs),
        candidate: () => run(rollcall, LOAD.durationMs),
      },
      (pair) => {
        seed += 1;
        const { baseline, candidate } = pair;
        const [acknowledged, whole] = [candidate.acknowledged, candidate.whole];
        say(
          `  ${id}: ${rounded(acknowledged / baseline.acknowledged)}, projected ${rounded(whole / baseline.acknowledged)}`,
        );
      },
    );
    // Projected deliveries are compared with deliveries that the baseline only stores.
    const against = (of: (rates: Rates) => number): Pair[] =>
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
    for (const contestant of running) await run(contestant, WARM_UP_MS);
    seed += 1;
    await against("ingest-fastify", fastify, PAIRS.fastify);
    await against("ingest-next", next, PAIRS.next);
  } finally {
    await load.stop();
    for (const { served } of running) await served.stop();
    await bench.close();
  }
}
