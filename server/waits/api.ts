import { database } from "#db/connection/client.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { waitMetrics } from "#domain/waits/wait-metrics.ts";
import { dayAndHour } from "#domain/waits/week-hours.ts";
import { strictly } from "#server/http/lists/parameters.ts";
import { fourWeeksIn, timeZoneOf } from "#server/http/range.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { measureWaits } from "./page.ts";
import { METRICS, measureOf, offsetPeriodsIn, waitingOrderOf } from "./query.ts";
import type { waiting } from "./schema.ts";

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
