import { digestOf } from "#server/testing/digest.ts";
import { openPast, type Past, seedPast } from "./history/past.ts";
import type { HistoryOptions } from "./history.ts";
import { type ReplayedOutput, type ReplayJob, replayed } from "./load/jobs.ts";
import { hire } from "./parts/child.ts";
import { report, rounded, say, Void } from "./parts/report.ts";
import { compare } from "./parts/statistics.ts";

/*
 * (f) A replay of a small and a large history: the time for an event, and the peak memory, which should not depend
 * on the number of events. Void where the replay changes any table.
 */
export async function replaying({ events: [few, many], data }: HistoryOptions): Promise<void> {
  say(`replay: seeding ${few} events`);
  const small = await measured(await seedPast(few));
  say(data === null ? `replay: seeding ${many} events` : `replay: ${data}`);
  const large = await measured(data === null ? await seedPast(many) : await openPast(data));
  const more = { events: large.events, seconds: large.elapsedMs / 1_000 };
  report("replay-time", compare([{ baseline: small.usEach, candidate: large.usEach }]), {
    unit: "µs an event",
    ...more,
  });
  report("replay-memory", compare([{ baseline: small.peakMb, candidate: large.peakMb }]), {
    unit: "MB, peak of the process",
    ...more,
  });
}

interface Measured extends ReplayedOutput {
  events: number;
  usEach: number;
}

async function measured(past: Past): Promise<Measured> {
  const worker = hire<ReplayJob, ReplayedOutput>("replaying.ts", replayed);
  try {
    const before = await digestOf(past.database);
    const done = await worker.ask({ url: past.url });
    const after = await digestOf(past.database);
    for (const [table, digest] of Object.entries(before)) {
      if (after[table] === digest) continue;
      throw new Void("replay", `${table}: ${digest} before, ${after[table]} after`);
    }
    const usEach = (done.elapsedMs * 1_000) / past.events;
    say(
      `  ${past.events} events in ${rounded(done.elapsedMs / 1_000)} s, ` +
        `${Math.round(1_000_000 / usEach)}/s, ${Math.round(done.peakMb)} MB; nothing changed`,
    );
    for (const line of thinned(done.said)) say(`    ${line}`);
    return { ...done, events: past.events, usEach };
  } finally {
    await worker.stop();
    await past.close();
  }
}

/** Some of the lines, to compare the estimates with the result. */
function thinned(lines: readonly string[]): string[] {
  const every = Math.ceil(lines.length / 20);
  return lines.filter((_, index) => index % every === 0);
}
