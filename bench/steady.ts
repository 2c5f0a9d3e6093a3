import { type Steady, type SteadyJob, steady } from "./load/jobs.ts";
import { hire } from "./parts/child.ts";
import { type Contestant, startPlain, startRollcall } from "./parts/contestants.ts";
import { interleave } from "./parts/pairs.ts";
import { refuseOthers, report, say, Void } from "./parts/report.ts";
import { openBench, settle } from "./parts/stage.ts";
import { compare, quantile } from "./parts/statistics.ts";

/*
 * How long a provider waits while 300 deliveries a second come into one meeting without watchers, against a plain
 * server on a fast framework that only stores a row.
 */

const LOAD = { connections: 64, perSecond: 300, events: 1_500 };
const PAIRS = 7;

export async function steadily(): Promise<void> {
  const bench = await openBench();
  const sender = hire<SteadyJob, Steady>("steady.ts", steady);
  const running: Contestant[] = [];
  let rooms = 0;

  async function run({ name, served, target, count, rest }: Contestant): Promise<number[]> {
    rooms += 1;
    await settle(bench);
    const before = await count();
    const room = `room-${rooms}`;
    const job = { ...LOAD, ...target, port: served.port, room, crowd: "guests" };
    const { acknowledged, others, latencies } = await sender.ask(job);
    refuseOthers("steady", name, others);
    await rest();
    const stored = (await count()) - before;
    if (stored !== acknowledged) {
      throw new Void(
        "steady",
        `${name} acknowledged ${acknowledged} deliveries and kept ${stored}`,
      );
    }
    const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
    say(`  ${name}: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`);
    return [p50, p99];
  }

  try {
    const rollcall = await startRollcall(bench);
    running.push(rollcall);
    const fastify = await startPlain(bench, "fastify");
    running.push(fastify);
    for (const contestant of running) await run(contestant);
    const sides = { baseline: () => run(fastify), candidate: () => run(rollcall) };
    const pairs = await interleave(PAIRS, sides, () => undefined);
    for (const [index, id] of ["steady-p50", "steady-p99"].entries()) {
      const compared = compare(
        pairs.map(({ baseline, candidate }) => ({
          baseline: baseline[index] ?? 0,
          candidate: candidate[index] ?? 0,
        })),
      );
      report(id, compared, { unit: "ms until acknowledged" });
    }
  } finally {
    await sender.stop();
    for (const { served } of running) await served.stop();
    await bench.close();
  }
}
