import { database } from "#db/connection/client.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { WaitOfList } from "#db/waits/list-waits.ts";
import { withLeaves } from "#db/waits/wait-leaves.ts";
import { waitCertainty } from "#domain/meeting/certainty.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { waitMetrics } from "#domain/waits/wait-metrics.ts";
import { dayAndHour } from "#domain/waits/week-hours.ts";
import { strictly } from "#server/http/lists/parameters.ts";
import { fourWeeksIn, timeZoneOf } from "#server/http/range.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import { measureWaits } from "./page.ts";
import { METRICS, measureOf, offsetPeriodsIn, waitingOrderOf } from "./query.ts";
import type { lost, oneWait, waiting, waits } from "./schema.ts";

const MOST_ROOMS = 200;

/** `GET /api/v1/waiting`: the metrics of the waits that began in a range, by room, hour and length. */
export async function getWaiting(url: URL): Promise<Response> {
  const now = Date.now();
  const { source, room, ...values } = strictly(METRICS, url);
  const scope = { source, room, ...fourWeeksIn(url, now) };
  const measure = measureOf(values);
  const timeZone = timeZoneOf(url);
  const measured = await measureWaits(database().orm, scope, {
    measure,
    periods: offsetPeriodsIn(scope, timeZone, now),
    by: waitingOrderOf(values),
    rooms: MOST_ROOMS,
  });
  const answer: AnswerOf<typeof waiting> = {
    as_of: toWireTime(now),
    from: toWireTime(scope.from),
    to: toWireTime(scope.to),
    time_zone: timeZone,
    target_ms: measure.targetMs,
    level: measure.mode,
    short: measure.short,
    metrics: {
      ...waitMetrics(measured.count, measure),
      median_until_admitted_ms: measured.untilAdmitted.medianMs,
      p90_until_admitted_ms: measured.untilAdmitted.p90Ms,
      median_until_leaving_ms: measured.untilLeaving.medianMs,
      p90_until_leaving_ms: measured.untilLeaving.p90Ms,
      people_lost: measured.lostPeople,
    },
    distribution: measured.bins.map(({ fromMs, toMs, ...counts }) => ({
      longer_than_ms: fromMs,
      up_to_ms: toMs,
      ...counts,
    })),
    by_hour: measured.hours.map(({ hour, count }) => ({
      ...dayAndHour(hour),
      ...waitMetrics(count, measure),
    })),
    room_count: measured.roomCount,
    by_room: measured.rooms.map(({ source, room, title, count }) => ({
      source,
      room,
      title,
      ...waitMetrics(count, measure),
    })),
  };
  return Response.json(answer);
}

/** Waits of the list as JSON. */
export function waitsJson(rows: readonly WaitOfList[], { now }: { now: Ms }): RowsOf<typeof waits> {
  return { results: rows.map((wait) => waitJson(wait, now)), as_of: toWireTime(now) };
}

/** The people who were lost as JSON. */
export async function lostJson(
  rows: readonly WaitOfList[],
  { reader, now }: { reader: Reader; now: Ms },
): Promise<RowsOf<typeof lost>> {
  const found = await withLeaves(reader, rows);
  const results = found.map((wait) => ({ ...waitJson(wait, now), leaves: wait.leaves }));
  return { results, as_of: toWireTime(now) };
}

function waitJson(wait: WaitOfList, now: Ms): AnswerOf<typeof oneWait> {
  return {
    meeting_id: wait.meetingId,
    source: wait.source,
    room: wait.room,
    title: wait.title,
    person_id: wait.personId,
    name: wait.name,
    started_at: toWireTime(wait.startedAt),
    ended_at: toWireTime(wait.endedAt),
    duration_ms: Math.max(0, (wait.endedAt ?? now) - wait.startedAt),
    duration_is: waitCertainty(wait),
    outcome: wait.outcome,
    inferred: wait.inferred,
  };
}
