import { mkdirSync, statfsSync } from "node:fs";
import type { Ms } from "#domain/time/ms.ts";
import { lastDayBefore } from "#server/demo/seed/history.ts";
import { seedHistory, usualThreads } from "#server/demo/seed/seed.ts";
import { audit } from "#server/runtime/audit.ts";
import { type CliContext, CommandError, note } from "./command.ts";

export interface SeedFlags {
  events: number;
  seed: number;
  until?: string;
}

/** The result of a seeding, for a program to read. */
export interface ShownSeeding {
  seed: number;
  /** Dates, both included. */
  from: string;
  to: string;
  series: number;
  events: number;
  deliveries: number;
  meetings: number;
  attendances: number;
  waits: number;
  elapsed_ms: Ms;
  events_per_second: number;
  /** `plot_ms` and `write_ms` are summed over all threads. */
  parts: { plan_ms: Ms; plot_ms: Ms; write_ms: Ms; tidy_ms: Ms };
}

const MOST_EVENTS = 200_000_000;
/** What an event takes on the disk with its delivery, its person and all indexes: 1,500 measured. */
const BYTES_PER_EVENT = 1_700;
const GIB = 1_073_741_824;

/** Fills the database of this installation with history. */
export async function runSeeding(context: CliContext, flags: SeedFlags): Promise<ShownSeeding> {
  const { events, seed } = flags;
  if (!Number.isInteger(events) || events < 1 || events > MOST_EVENTS) {
    throw new CommandError(`--events must be a whole number from 1 to ${MOST_EVENTS}.`);
  }
  if (!Number.isSafeInteger(seed)) throw new CommandError("--seed must be a whole number.");
  const until = lastDay(flags.until, lastDayBefore(Date.now()));
  if (context.env.databaseUrl === null) checkSpace(context.env.dataDir, events);
  const options = { events, seed, until, now: Date.now, threads: usualThreads() };
  await audit(context.database.orm, context.by, {
    action: "demo.made",
    about: null,
    details: { by: "seed" },
  });
  const done = await seedHistory(context, options, note);
  const { series, days, deliveries, meetings, attendances, waits, elapsedMs, parts } = done;
  return {
    seed,
    from: dateOf(days.first),
    to: dateOf(days.last),
    series,
    events: done.events,
    deliveries,
    meetings,
    attendances,
    waits,
    elapsed_ms: Math.round(elapsedMs),
    events_per_second: Math.round((done.events / elapsedMs) * 1_000),
    parts: {
      plan_ms: Math.round(parts.planMs),
      plot_ms: Math.round(parts.plotMs),
      write_ms: Math.round(parts.writeMs),
      tidy_ms: Math.round(parts.tidyMs),
    },
  };
}

function lastDay(date: string | undefined, latest: Ms): Ms {
  if (date === undefined) return latest;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(day) || dateOf(day) !== date) {
    throw new CommandError("--until must be a date such as 2026-03-31.");
  }
  if (day > latest) {
    throw new CommandError(
      `--until must be ${dateOf(latest)} or earlier: later days are not over.`,
    );
  }
  if (day < EARLIEST) throw new CommandError(`--until must be ${dateOf(EARLIEST)} or later.`);
  return day;
}

/** Leaves room for a history before it. */
const EARLIEST: Ms = Date.UTC(2010, 0, 1);

function dateOf(day: Ms): string {
  return new Date(day).toISOString().slice(0, 10);
}

function checkSpace(dataDir: string, events: number): void {
  mkdirSync(dataDir, { recursive: true });
  const { bavail, bsize } = statfsSync(dataDir);
  const [free, needed] = [(bavail * bsize) / GIB, (events * BYTES_PER_EVENT) / GIB];
  if (needed <= free) return;
  throw new CommandError(
    `${events} events need about ${needed.toFixed(0)} GiB, and ${dataDir} has ${free.toFixed(0)} GiB free.`,
  );
}
