import { database } from "#db/connection/client.ts";
import { readChoices } from "#db/lists/choices.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { WaitScope } from "#db/waits/wait-filter.ts";
import { withLeaves } from "#db/waits/wait-leaves.ts";
import { distributeWaits } from "#db/waits/wait-lengths.ts";
import { countLost, countWaitsByHour, countWaitsByRoom } from "#db/waits/waiting.ts";
import type { SortOrder } from "#domain/lists/narrowing.ts";
import { totalOf } from "#domain/lists/total.ts";
import type { Ms } from "#domain/time/ms.ts";
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
import { narrowedOf } from "#server/http/lists/parameters.ts";
import { waits } from "./list.ts";
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
  const asked = AskedParams.of(params);
  const page = waits.onPage("/waiting#waits", asked, now, ({ show, ...values }, days) =>
    waits.select({ ...values, show: show ?? "lost" }, days, now),
  );
  const { source, room, shown, weekHour } = page.selection;
  const { period } = page.days;
  const lens = { ...waitingLensIn(asked), shown, weekHour: page.values.week_hour };
  const scope = { source, room, from: period.from, to: period.to };
  const [measured, lostThen, { total: _, rows, ...links }, choices] = await Promise.all([
    measureWaits(reader, scope, {
      measure: lens,
      periods: offsetPeriodsIn(period, period.timeZone, now),
      by: lens,
      rooms: MOST_ROOMS,
    }),
    shown === "lost" && weekHour !== null ? countLost(reader, scope, weekHour) : 0,
    page.read(reader, ROWS),
    readChoices(reader, MOST_CHOICES, { source, room }),
  ]);
  const hour = measured.hours.find((one) => one.hour === lens.weekHour)?.count ?? NO_WAITS;
  const of = weekHour === null ? measured : { count: hour, lostPeople: lostThen };
  return {
    ...measured,
    total: totalOf(listedCount(shown, of)),
    ...page.days,
    narrowed: narrowedOf(page.values),
    choices,
    lens,
    waits: await withLeaves(reader, rows),
    ...links,
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
