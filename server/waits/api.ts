import { database } from "#db/connection/client.ts";
import { listWaitRows } from "#db/waits/waits.ts";
import { waitCertainty } from "#domain/meeting/certainty.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { waitMetrics } from "#domain/waits/wait-metrics.ts";
import { WAITING_ROOM_SORTS, type WaitListRow } from "#domain/waits/waiting-page.ts";
import { dayAndHour } from "#domain/waits/week-hours.ts";
import { limitIn, page } from "#server/http/cursor.ts";
import { oneOf } from "#server/http/query.ts";
import { timeZoneOf } from "#server/http/range.ts";
import { waitCursorIn, waitKeyOf } from "./cursor.ts";
import { measureWaits } from "./page.ts";
import { measureOf, offsetPeriodsIn, waitScopeIn, waitSelectionIn } from "./query.ts";

const MOST_ROOMS = 200;

/** `GET /api/v1/waiting`: the metrics of the waits that began in a range, by room, hour and length. */
export async function getWaiting(url: URL): Promise<Response> {
  const now = Date.now();
  const scope = waitScopeIn(url, now);
  const measure = measureOf(url);
  const timeZone = timeZoneOf(url);
  const measured = await measureWaits(database().orm, scope, {
    measure,
    periods: offsetPeriodsIn(scope, timeZone, now),
    by: {
      sort: oneOf(url, "sort", WAITING_ROOM_SORTS) ?? "waits",
      order: oneOf(url, "order", ["asc", "desc"] as const) ?? "desc",
    },
    rooms: MOST_ROOMS,
  });
  return Response.json({
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
  });
}

/** `GET /api/v1/waiting/lost`: the people who were lost, each with their last wait, newest first. */
export async function getLost(url: URL): Promise<Response> {
  const now = Date.now();
  const limit = limitIn(url);
  const from = waitCursorIn(url);
  const selection = { ...waitSelectionIn(url), shown: "lost" } as const;
  const found = await listWaitRows(database().orm, selection, from, limit + 1);
  const cursor = from && { direction: from.direction, key: waitKeyOf(from.key) };
  const { rows, next, previous } = page(url, found, limit, cursor, waitKeyOf);
  const results = rows.map((wait) => waitRowJson(wait, now));
  return Response.json({ next, previous, results, as_of: toWireTime(now) });
}

function waitRowJson(wait: WaitListRow, now: Ms) {
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
    leaves: wait.leaves,
  };
}
