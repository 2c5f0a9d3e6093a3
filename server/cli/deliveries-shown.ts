import { type DeliveryFilter, listDeliveries } from "#db/sources/deliveries/deliveries.ts";
import { DELIVERY_RESULTS, type DeliverySummary } from "#domain/event/delivery.ts";
import { refusedWords } from "#domain/live/refusal-words.ts";
import { delaysOf, shortDelay } from "#domain/sources/deliveries/delays.ts";
import { type RefusedOften, refusalHint } from "#domain/sources/deliveries/refused.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { summariesOf } from "#server/sources/deliveries/api.ts";
import { readRefused, utcClock } from "#server/sources/deliveries/refused.ts";
import { type CliContext, CommandError } from "./command.ts";

export interface LatestFlags {
  source?: string;
  room?: string;
  type?: string;
  person?: string;
  status?: string;
  limit?: number;
}

const USUAL_LIMIT = 25;
const MOST_SHOWN = 200;

/** The latest deliveries that match, newest first. */
export async function shownLatest(
  { database: { orm } }: CliContext,
  { limit = USUAL_LIMIT, status, ...flags }: LatestFlags,
): Promise<DeliverySummary[]> {
  const result = DELIVERY_RESULTS.find((one) => one === status) ?? null;
  if (status !== undefined && result === null) {
    throw new CommandError(`--status must be one of ${DELIVERY_RESULTS.join(", ")}.`);
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_SHOWN) {
    throw new CommandError(`--limit must be a whole number from 1 to ${MOST_SHOWN}.`);
  }
  const { source = null, room = null, type = null, person = null } = flags;
  const filter: DeliveryFilter = {
    ...{ source, room, type, person, status: result },
    ...{ ids: null, from: null, to: null },
  };
  return summariesOf(orm, await listDeliveries(orm, filter, null, limit));
}

/** A line for each: when it came, what became of it and why, what it is, and how long that took. */
export function latestLines(all: readonly DeliverySummary[]): string[] {
  if (all.length === 0) return ["No deliveries match."];
  return all.map((one) => {
    const { toKept, toProjected } = delaysOf(one);
    const took = [
      ...(toKept === null ? [] : [`kept in ${shortDelay(toKept)}`]),
      ...(toProjected === null ? [] : [`projected in ${shortDelay(toProjected)}`]),
      ...(one.waits === null ? [] : ["not projected yet"]),
      ...(one.repeats === 0 ? [] : [`came ${one.repeats + 1} times`]),
      ...(one.reason === null ? [] : [one.reason]),
    ];
    const about = [one.type ?? "–", one.source.name, one.room ?? "–", one.person?.name ?? "–"];
    return [one.received_at, one.id, one.status.padEnd(10), ...about, took.join(", ")].join("  ");
  });
}

/** What was refused in the last seven days. */
export async function shownRefused({ database: { orm } }: CliContext): Promise<RefusedOften[]> {
  return readRefused(orm, Date.now());
}

export function refusedLines(all: readonly RefusedOften[]): string[] {
  if (all.length === 0) return ["Nothing was refused in the last seven days."];
  return all.flatMap((one) => {
    const from = one.lastAddress === null ? "" : ` from ${one.lastAddress}`;
    return [
      `${one.source?.name ?? "No source"}: ${one.count}, ${refusedWords(one.reason).why}; the last at ${toWireTime(one.lastAt)}${from}`,
      `  → ${refusalHint(one, utcClock)}`,
    ];
  });
}
