import {
  type Steady,
  type SteadyJob,
  steady,
  type Watched,
  type WatchJob,
  watched,
} from "./load/jobs.ts";
import { hire, type Served, serve } from "./parts/child.ts";
import { refuseOthers, report, say, Void } from "./parts/report.ts";
import { makeKey, meetingIn, serveRollcall } from "./parts/rollcall.ts";
import { openBench, settle } from "./parts/stage.ts";
import { compare, type Pair, quantile } from "./parts/statistics.ts";

/*
 * (b) How many watching sockets delay webhooks: one meeting with 300 events a second and 1,000 sockets, against
 * the same without sockets, and against a server that emits every event separately.
 */

const SOCKETS = 1_000;
const LOAD = { connections: 64, perSecond: 300, events: 1_200 };
const WARM_UP_EVENTS = 300;
const ROUNDS = 5;
/** A server that is behind may take this long to deliver the rest. */
const REST_MS = 60_000;

export async function fanout(): Promise<void> {
  const bench = await openBench();
  const target = await bench.addDaily();
  const token = await makeKey(bench);
  const sender = hire<SteadyJob, Steady>("steady.ts", steady);
  const watchers = hire<WatchJob, Watched>("watchers.ts", watched);
  const running: Served[] = [];
  let rooms = 0;

  /** Sends events into a new meeting that `sockets` watch; returns the p99 of the acknowledgements. */
  async function run(
    name: string,
    { port }: Served,
    sockets: number,
    events = LOAD.events,
  ): Promise<number> {
    rooms += 1;
    const room = `room-${rooms}`;
    await settle(bench);
    const send = (crowd: string, count: number) =>
      sender.ask({ ...LOAD, ...target, port, room, crowd, events: count });
    const opened = await send("host", 1);
    if (opened.acknowledged !== 1) throw new Void("fanout", `${name} did not open a meeting`);
    const { id } = await meetingIn(bench, target.source, room);
    const watching = await watchers.ask({ kind: "watch", port, token, meeting: id, sockets });
    if (watching.whole !== sockets) throw new Void("fanout", `${name}: ${watching.fault}`);
    const { acknowledged, others, latencies } = await send("guests", events);
    refuseOthers("fanout", name, others);
    const { seq } = await meetingIn(bench, target.source, room);
    if (seq !== acknowledged + 1) {
      throw new Void("fanout", `${name} acknowledged ${acknowledged + 1} events and kept ${seq}`);
    }
    const begun = performance.now();
    const { whole, fault } = await watchers.ask({ kind: "collect", seq, withinMs: REST_MS });
    const restMs = performance.now() - begun;
    if (whole !== sockets) {
      throw new Void("fanout", `${name}: ${sockets - whole} of ${sockets} sockets ${fault}`);
    }
    const p99 = quantile(latencies, 0.99);
    const p50 = quantile(latencies, 0.5);
    say(
      `  ${name}, ${sockets} sockets: ack p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, rest after ${restMs.toFixed(0)} ms`,
    );
    return p99;
  }

  try {
    const rollcall = await serveRollcall(bench);
    running.push(rollcall);
    const perEvent = await serve(["bench/baselines/per-event.ts"], bench.env, /listening on (\d+)/);
    running.push(perEvent);
    await run("rollcall", rollcall, SOCKETS, WARM_UP_EVENTS);
    await run("per event", perEvent, 100, WARM_UP_EVENTS);
    const againstQuiet: Pair[] = [];
    const againstPerEvent: Pair[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const sides = [
        () => run("rollcall", rollcall, 0),
        () => run("rollcall", rollcall, SOCKETS),
        () => run("per event", perEvent, SOCKETS),
      ];
      const forwards = round % 2 === 0;
      const p99s: number[] = [];
      for (const side of forwards ? sides : sides.toReversed()) p99s.push(await side());
      const [quiet = 0, loaded = 0, emitted = 0] = forwards ? p99s : p99s.toReversed();
      againstQuiet.push({ baseline: quiet, candidate: loaded });
      againstPerEvent.push({ baseline: emitted, candidate: loaded });
    }
    const quiet = compare(againstQuiet);
    report("fanout", compare(againstPerEvent), {
      unit: "ms, p99 of the acknowledgement",
      quiet_p99: quiet.baseline,
      loaded_p99: quiet.candidate,
      delivered: 1,
    });
    report("fanout-quiet", quiet, { unit: "ms, p99 of the acknowledgement" });
  } finally {
    await Promise.all([sender.stop(), watchers.stop()]);
    for (const served of running) await served.stop();
    await bench.close();
  }
}
