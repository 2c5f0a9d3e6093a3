import { hoursSince, type RefusalHour, refusalFacts } from "#db/sources/refusal-hours.ts";
import type { Reader } from "#db/sql/orm.ts";
import { type RefusedOften, refusalHint } from "#domain/sources/deliveries/refused.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type * as answers from "./schema.ts";

const DAY_MS: Ms = 86_400_000;
/** So many days are shown where nobody says. */
export const USUAL_DAYS = 7;

/** What was refused in the last days, by source and reason, the latest first. Three statements. */
export async function readRefused(
  reader: Reader,
  now: Ms,
  days: number = USUAL_DAYS,
): Promise<RefusedOften[]> {
  const [hours, { sources, stretches }] = await Promise.all([
    hoursSince(reader, now - days * DAY_MS),
    refusalFacts(reader),
  ]);
  const known = new Map(sources.map((source) => [source.id, source]));
  const together = Map.groupBy(hours, ({ sourceId, reason }) => `${sourceId} ${reason}`);
  return [...together.values()]
    .flatMap((own) => refusedOften(own, known, stretches) ?? [])
    .toSorted((a, b) => b.lastAt - a.lastAt);
}

type Facts = Awaited<ReturnType<typeof refusalFacts>>;

function refusedOften(
  own: readonly RefusalHour[],
  known: ReadonlyMap<string, Facts["sources"][number]>,
  stretches: Facts["stretches"],
): RefusedOften | null {
  const [first] = own;
  if (first === undefined) return null;
  const { sourceId, reason } = first;
  const source = sourceId === null ? null : known.get(sourceId);
  if (source === undefined) return null;
  const last = own.reduce((a, b) => (b.lastAt > a.lastAt ? b : a), first);
  const stretch = stretches.find((one) => one.sourceId === sourceId && one.reason === reason);
  return {
    source: source && {
      ...{ id: source.id, provider: source.provider, name: source.name },
      ...(source.demo === true && { demo: true }),
    },
    reason,
    count: own.reduce((sum, { count }) => sum + count, 0),
    since: stretch?.firstAt ?? first.hour,
    lastAt: last.lastAt,
    lastAddress: last.lastAddress,
    overAt: stretch?.overAt ?? null,
    hours: own.map(({ hour, count }) => ({ hour, count })),
    about: {
      takenAt: source?.takenAt ?? null,
      secretAt: source?.secretAt ?? null,
      pausedAt: source?.pausedAt?.getTime() ?? null,
    },
  };
}

/** The same as JSON, with the hint in words. */
export function refusedJson(all: readonly RefusedOften[]): AnswerOf<typeof answers.refusedOften> {
  return {
    results: all.map((one) => ({
      ...{ source: one.source, reason: one.reason, count: one.count },
      since: toWireTime(one.since),
      last_at: toWireTime(one.lastAt),
      last_address: one.lastAddress,
      over_at: toWireTime(one.overAt),
      hint: refusalHint(one, utcClock),
      hours: one.hours.map(({ hour, count }) => ({ hour: toWireTime(hour), count })),
    })),
  };
}

/** A moment for people who read it outside a page, in UTC: `2026-11-20 10:02 UTC`. */
export function utcClock(at: Ms): string {
  return `${toWireTime(at).slice(0, 16).replace("T", " ")} UTC`;
}
