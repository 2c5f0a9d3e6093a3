import { listedCases } from "./history/listed-cases.ts";
import { meetingCases } from "./history/meeting-cases.ts";
import { openPast, type Past, seedPast } from "./history/past.ts";
import { peopleCases } from "./history/people-cases.ts";
import type { Case, HistoryQuestion } from "./history/question.ts";
import { roomCases } from "./history/room-cases.ts";
import { waitCases } from "./history/wait-cases.ts";
import { interleave } from "./parts/pairs.ts";
import { report, reportVoid, rounded, say, Void } from "./parts/report.ts";
import { compare, quantile, randomFrom } from "./parts/statistics.ts";

/*
 * (e) The queries of the history pages over a small and a large history: against hand-written SQL for the same
 * rows, the large against the small, and the stored rows against an aggregate of the raw events. Every figure is
 * the 95th percentile of many different questions.
 */

const CASES: readonly Case[] = [
  ...meetingCases,
  ...waitCases,
  ...listedCases,
  ...roomCases,
  ...peopleCases,
];

/** The sizes to measure. */
export interface HistoryOptions {
  /** Two numbers of events. */
  events: readonly [small: number, large: number];
  /** A data folder with the large history, instead of a new one. */
  data: string | null;
}

const ROUNDS = 7;
const QUESTIONS = 40;
/** A slow query is measured by fewer questions. */
const SLOW = { ms: 300, questions: 6, rounds: 3 };
const RAW_ROUNDS = 3;

export async function history({ events: [few, many], data }: HistoryOptions): Promise<void> {
  say(`history: seeding ${few} events`);
  const small = await seedPast(few);
  try {
    say(data === null ? `history: seeding ${many} events` : `history: ${data}`);
    const large = data === null ? await seedPast(many) : await openPast(data);
    try {
      for (const one of CASES) await measured(one, small, large);
    } finally {
      await large.close();
    }
  } finally {
    await small.close();
  }
}

/** A case that does not give the same rows is void, and does not stop the others. */
async function measured(one: Case, small: Past, large: Past): Promise<void> {
  try {
    await measure(one, small, large);
  } catch (error) {
    if (!(error instanceof Void)) throw error;
    reportVoid(error.benchmark, error.message);
    process.exitCode = 1;
  }
}

async function measure(one: Case, small: Past, large: Past): Promise<void> {
  const id = `history-${one.name}`;
  const random = randomFrom(one.name.length);
  const draw = (past: Past, count: number) =>
    Array.from({ length: count }, () => one.draw(past, random));
  await agree(id, draw(small, 5), small);
  const first = await agree(id, draw(large, 3), large);
  const isSlow = first > SLOW.ms;
  const [questions, rounds] = isSlow ? [SLOW.questions, SLOW.rounds] : [QUESTIONS, ROUNDS];
  const more = { unit: "ms, p95", events: large.events };

  const rows = Array.from({ length: rounds }, () => draw(large, questions));
  // Reads once before, so that neither side reads from the disk for the other.
  for (const asked of rows) await p95(asked, ({ ours }) => ours(large.database.orm));
  const [handWritten, own] = [rows.values(), rows.values()];
  const byHand = await interleave(
    rounds,
    {
      baseline: () =>
        p95(handWritten.next().value ?? [], (asked) => asked.byHand(large.database.sql)),
      candidate: () => p95(own.next().value ?? [], (asked) => asked.ours(large.database.orm)),
    },
    ({ baseline, candidate }) =>
      say(`  ${id}: ${rounded(candidate)} ms, by hand ${rounded(baseline)} ms`),
  );
  report(`${id}-by-hand`, compare(byHand), more);

  const bySize = await interleave(
    rounds,
    {
      baseline: () => p95(draw(small, questions), ({ ours }) => ours(small.database.orm)),
      candidate: () => p95(draw(large, questions), ({ ours }) => ours(large.database.orm)),
    },
    ({ baseline, candidate }) => say(`  ${id}: ${rounded(baseline)} → ${rounded(candidate)} ms`),
  );
  report(`${id}-by-size`, compare(bySize), { ...more, small: small.events });

  const [{ fromEvents } = {}] = draw(large, 1);
  if (!fromEvents) return;
  const raw = await interleave(
    RAW_ROUNDS,
    {
      baseline: () => timed(() => fromEvents(large.database.sql)),
      candidate: () => p95(draw(large, questions), ({ ours }) => ours(large.database.orm)),
    },
    ({ baseline }) => say(`  ${id}: ${rounded(baseline)} ms from events`),
  );
  report(`${id}-by-events`, compare(raw), more);
}

/** Throws `Void` unless our query and the hand-written one give the same rows. Returns the longest time of ours. */
async function agree(
  id: string,
  asked: readonly HistoryQuestion[],
  { database }: Past,
): Promise<number> {
  let longest = 0;
  for (const { ours, byHand } of asked) {
    const begun = performance.now();
    const own = await ours(database.orm);
    longest = Math.max(longest, performance.now() - begun);
    const other = await byHand(database.sql);
    if (own.join() !== other.join()) {
      throw new Void(id, `ours has ${own.length} rows and by hand ${other.length}, not the same`);
    }
  }
  return longest;
}

async function p95(
  asked: readonly HistoryQuestion[],
  ask: (question: HistoryQuestion) => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  for (const question of asked) times.push(await timed(() => ask(question)));
  return quantile(times, 0.95);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
