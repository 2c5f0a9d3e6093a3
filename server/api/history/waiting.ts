import { database } from "#db/client.ts";
import { readChoices } from "#db/reading/history/choices.ts";
import type { WaitScope } from "#db/reading/history/wait-filter.ts";
import {
  countLost,
  countWaitsByHour,
  countWaitsByRoom,
  distributeWaits,
} from "#db/reading/history/waiting.ts";
import { listWaitsHeld } from "#db/reading/history/waits.ts";
import type { Reader } from "#db/reading/meeting.ts";
import type { Ms } from "#domain/event.ts";
import type { Order } from "#domain/history/meetings.ts";
import { dayAt } from "#domain/history/period.ts";
import { NO_WAITS } from "#domain/history/wait-count.ts";
import type {
  RoomSort,
  WaitingMeasured,
  WaitingPage,
  Yardstick,
} from "#domain/history/waiting-page.ts";
import type { Stretch } from "#domain/history/week-hours.ts";
import { page } from "#server/api/page.ts";
import { viewerZone } from "#server/viewer/viewer.ts";
import { leniently } from "./address.ts";
import { narrowedIn } from "./meeting-list.ts";
import { offsetIn, periodIn } from "./period.ts";
import { waitKeyOf, waitPlaceIn } from "./wait-place.ts";
import { stretchesIn, waitingLensIn } from "./waiting-lens.ts";

const ROWS = 25;
const MOST_ROOMS = 50;
const MOST_CHOICES = 300;

/**
 * The waits that an address asks for, whatever is in it: what cannot be read is as if it were not there. A
 * fixed number of statements.
 */
export async function readWaitingPage(
  params: URLSearchParams,
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<WaitingPage> {
  const url = new URL(`/waiting?${params}`, "http://page");
  const period = periodIn(params, now, viewerZone());
  const lens = waitingLensIn(url);
  const { source, room } = narrowedIn(url);
  const scope = { source, room, from: period.from, to: period.to };
  const stretches = stretchesIn(period, period.timeZone, now);
  const { shown, targetMs, weekHour } = lens;
  const selection = {
    ...scope,
    shown,
    outcome: null,
    targetMs,
    weekHour: weekHour === null ? null : { hour: weekHour, stretches },
  };
  const from = leniently(() => waitPlaceIn(url));
  const [measured, found, choices] = await Promise.all([
    measureWaits(reader, scope, { yardstick: lens, stretches, by: lens, rooms: MOST_ROOMS }),
    listWaitsHeld(reader, selection, from, ROWS + 1),
    readChoices(reader, MOST_CHOICES),
  ]);
  const cursor = from && { direction: from.direction, key: waitKeyOf(from.key) };
  const { rows, next, previous } = page(url, found, ROWS, cursor, waitKeyOf);
  return {
    ...measured,
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

/** Everything that is counted of the waits of a scope: five statements, sent together. */
export async function measureWaits(
  reader: Reader,
  scope: WaitScope,
  how: {
    yardstick: Yardstick;
    stretches: readonly Stretch[];
    by: { sort: RoomSort; order: Order };
    rooms: number;
  },
): Promise<WaitingMeasured> {
  const [byRoom, hours, distribution, lostPeople] = await Promise.all([
    countWaitsByRoom(reader, scope, how.yardstick, how.by, how.rooms),
    countWaitsByHour(reader, scope, how.yardstick, how.stretches),
    distributeWaits(reader, scope, how.yardstick.short),
    countLost(reader, scope),
  ]);
  return { ...distribution, ...byRoom, count: byRoom.count ?? NO_WAITS, hours, lostPeople };
}

function pathOf(href: string): string {
  const { pathname, search } = new URL(href);
  return `${pathname}${search}#waits`;
}
