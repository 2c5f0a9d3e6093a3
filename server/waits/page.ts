import { database } from "#db/connection/client.ts";
import { readChoices } from "#db/lists/choices.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { WaitScope } from "#db/waits/wait-filter.ts";
import { distributeWaits } from "#db/waits/wait-lengths.ts";
import { countLost, countWaitsByHour, countWaitsByRoom } from "#db/waits/waiting.ts";
import { listWaitRows } from "#db/waits/waits.ts";
import type { SortOrder } from "#domain/lists/narrowing.ts";
import { totalOf } from "#domain/lists/total.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt } from "#domain/time/period.ts";
import { NO_WAITS } from "#domain/waits/wait-count.ts";
import {
  listedCount,
  type WaitingMeasured,
  type WaitingPage,
  type WaitingRoomSort,
  type WaitMeasure,
} from "#domain/waits/waiting-page.ts";
import type { OffsetPeriod } from "#domain/waits/week-hours.ts";
import { AskedParams } from "#server/http/asked.ts";
import { page } from "#server/http/cursor.ts";
import { cursorAsked, narrowedIn } from "#server/http/narrowing.ts";
import { offsetIn, periodIn } from "#server/http/period.ts";
import { viewerZone } from "#server/http/viewer.ts";
import { waitCursorIn, waitKeyOf } from "./cursor.ts";
import { offsetPeriodsIn, waitingLensIn } from "./query.ts";

const ROWS = 25;
const MOST_ROOMS = 50;
const MOST_CHOICES = 300;

/**
 * The page of waits for the parameters of an address. A parameter that cannot be read counts as absent. A
 * fixed number of statements.
 */
export async function readWaitingPage(
  params: URLSearchParams,
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<WaitingPage> {
  const url = new URL(`/waiting?${params}`, "http://page");
  const asked = AskedParams.of(params);
  const period = periodIn(asked, now, viewerZone());
  const lens = waitingLensIn(asked, url);
  const { source, room } = narrowedIn(asked, ["source", "room"]);
  const scope = { source, room, from: period.from, to: period.to };
  const periods = offsetPeriodsIn(period, period.timeZone, now);
  const { shown, targetMs, weekHour } = lens;
  const selection = {
    ...scope,
    shown,
    outcome: null,
    targetMs,
    weekHour: weekHour === null ? null : { hour: weekHour, stretches: periods },
  };
  const from = cursorAsked(asked, () => waitCursorIn(url));
  const [measured, lostThen, found, choices] = await Promise.all([
    measureWaits(reader, scope, {
      measure: lens,
      periods,
      by: lens,
      rooms: MOST_ROOMS,
    }),
    shown === "lost" && weekHour !== null ? countLost(reader, scope, selection.weekHour) : 0,
    listWaitRows(reader, selection, from, ROWS + 1),
    readChoices(reader, MOST_CHOICES, { source, room }),
  ]);
  const cursor = from && { direction: from.direction, key: waitKeyOf(from.key) };
  const { rows, next, previous } = page(url, found, ROWS, cursor, waitKeyOf);
  const hour = measured.hours.find((one) => one.hour === weekHour)?.count ?? NO_WAITS;
  const of = weekHour === null ? measured : { count: hour, lostPeople: lostThen };
  return {
    ...measured,
    total: totalOf(listedCount(shown, of)),
    asOf: now,
    period,
    today: dayAt(now, offsetIn(period.timeZone)),
    narrowed: { source, room, q: null, minDurationMs: null },
    choices,
    lens,
    waits: rows,
    next: next && pathOf(next),
    previous: previous && pathOf(previous),
  };
}

/** All metrics of the waits of a scope: five statements, sent together. */
export async function measureWaits(
  reader: Reader,
  scope: WaitScope,
  how: {
    measure: WaitMeasure;
    periods: readonly OffsetPeriod[];
    by: { sort: WaitingRoomSort; order: SortOrder };
    rooms: number;
  },
): Promise<WaitingMeasured> {
  const [byRoom, hours, distribution, lostPeople] = await Promise.all([
    countWaitsByRoom(reader, scope, how.measure, how.by, how.rooms),
    countWaitsByHour(reader, scope, how.measure, how.periods),
    distributeWaits(reader, scope, how.measure.short),
    countLost(reader, scope),
  ]);
  return { ...distribution, ...byRoom, count: byRoom.count ?? NO_WAITS, hours, lostPeople };
}

function pathOf(href: string): string {
  const { pathname, search } = new URL(href);
  return `${pathname}${search}#waits`;
}
