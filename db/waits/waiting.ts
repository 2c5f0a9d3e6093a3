import { and, desc, eq, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { rooms, waits } from "#db/schema/projected.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import { jsonObject } from "#db/sql/json.ts";
import { madeOnce, value } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import type { SortOrder } from "#domain/lists/narrowing.ts";
import { SAME_TRY_MS } from "#domain/people/people-left.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  COUNTED,
  isOver,
  isReallyLost,
  sumCells,
  type WaitCount,
} from "#domain/waits/wait-count.ts";
import { isCountedAsLeft } from "#domain/waits/waiting.ts";
import {
  DEFAULT_TARGET_MS,
  type WaitingRoomSort,
  type WaitMeasure,
  type WaitsOfRoom,
} from "#domain/waits/waiting-page.ts";
import type { OffsetPeriod, WeekHour } from "#domain/waits/week-hours.ts";
import {
  inWeekHour,
  isInOffsetPeriod,
  LOST,
  offsetPeriodsTable,
  personOf,
  scopeConditions,
  type WaitScope,
  type WaitSelection,
  weekHour,
} from "./wait-filter.ts";
import { OUTCOME, outcomesOf } from "./wait-outcome.ts";

/** The length of a wait that ended. */
export const LASTED = sql<Ms>`greatest(0, ${waits.endedAt} - ${waits.startedAt})`;

/**
 * The columns that count waits and sum their lengths, by a key and by outcome. Few rows, whatever they are
 * summed to afterwards. Lengths are summed as floats: exact up to 2^53, as all our numbers, and much faster
 * than what `sum` makes of 64 bits.
 */
function cell<Key>(key: SQL<Key>, target: SQL) {
  const { endedAt, startedAt } = waits;
  return {
    key: key.as("key"),
    outcome: OUTCOME.as("outcome"),
    within: sql<boolean>`coalesce(${endedAt} - ${startedAt} <= ${target}::bigint, false)`.as(
      "within",
    ),
    number: sql<number>`count(*)`.as("number"),
    ms: sql<Ms>`sum(${LASTED}::float8)`.as("ms"),
    longestMs: sql<Ms>`max(${LASTED})`.as("longest"),
  };
}

function cellsOf<Key>(key: SQL<Key>, target: SQL, wanted: SQL | undefined) {
  return parts
    .$with("cell")
    .as(parts.select(cell(key, target)).from(waits).where(wanted).groupBy(sql`1, 2, 3`));
}

/** Whether a wait is in the scope. */
export function isIn(scope: WaitScope): SQL | undefined {
  return and(...scopeConditions(scope));
}

/** SQL for the number of waits in cells that meet a condition, or another sum over them. */
export const numberOf = (condition: string, of = "number") =>
  `coalesce(sum(${of}) filter (where ${condition}), 0)::bigint`;
const LONGEST = `max(longest) filter (where outcome in ${outcomesOf(isOver)})`;

/** The fields of a `WaitCount` that depend on outcomes, each with its SQL over cells. */
function countedParts(): string[] {
  const all = Object.values(COUNTED);
  return (["number", "ms", "within"] as const).flatMap((how) =>
    [...new Set(all.flatMap((counted) => counted[how] ?? []))].map((name) => {
      const ended = `outcome in ${outcomesOf(({ outcome }) => COUNTED[outcome][how] === name)}`;
      const condition = how === "within" ? `within and ${ended}` : ended;
      return `'${name}', ${numberOf(condition, how === "ms" ? "ms" : "number")}`;
    }),
  );
}

/** A `WaitCount` over cells. */
const COUNT = sql<WaitCount>`${sql.raw(`json_build_object('began', sum(number)::bigint,
  'longestMs', ${LONGEST}, ${countedParts().join(", ")})`)}`;

/**
 * The count over all rooms (`null` without any wait), how many rooms have waits, and the first of them in an
 * order.
 */
export interface WaitsCounted {
  count: WaitCount | null;
  roomCount: number;
  rooms: WaitsOfRoom[];
}

/** Counts the waits of a scope, and of its rooms. One statement, which reads them once by an index alone. */
export async function countWaitsByRoom(
  reader: Reader,
  scope: WaitScope,
  measure: WaitMeasure,
  by: { sort: WaitingRoomSort; order: SortOrder },
  limit: number,
): Promise<WaitsCounted> {
  const { targetMs, mode, short } = measure;
  const slots = { wanted: isIn(scope), target: value(targetMs) };
  const [row] = await countedByRoom(reader, "anew", slots, { ...by, mode, short, limit });
  return row ?? { count: null, roomCount: 0, rooms: [] };
}

/** How waits are counted: which, and the limit of those admitted in time. */
interface Counting {
  wanted: SQL | undefined;
  target: SQL;
}

const countedByRoom = madeOnce(
  (
    reader,
    { wanted, target }: Counting,
    {
      sort,
      order,
      limit,
      ...how
    }: Omit<WaitMeasure, "targetMs"> & { sort: WaitingRoomSort; order: SortOrder; limit: number },
  ) => {
    const direction = sql.raw(order === "desc" ? "desc nulls last" : "asc nulls last");
    const cells = cellsOf(sql<number>`${waits.roomId}`, target, wanted);
    const each = parts.$with("each_room").as(
      parts
        .select({
          id: sql<number>`${cells.key}`.as("counted_room"),
          count: COUNT.as("count"),
          value: sortValue(sort, how).as("value"),
        })
        .from(cells)
        .groupBy(cells.key),
    );
    const first = parts
      .$with("first_rooms")
      .as(
        parts
          .select({ id: each.id, count: each.count, value: each.value })
          .from(each)
          .orderBy(sql`${each.value} ${direction}`, desc(each.id))
          .limit(limit),
      );
    const room = jsonObject({
      source: sourceJson(),
      room: rooms.key,
      title: rooms.title,
      count: first.count,
    });
    const firstRooms = parts
      .select({
        rooms: sql`json_agg(${room} order by ${first.value} ${direction}, ${first.id} desc)`,
      })
      .from(first)
      .innerJoin(rooms, eq(rooms.id, first.id))
      .innerJoin(sources, eq(sources.id, rooms.sourceId));
    const all = parts.select({ count: COUNT }).from(cells).having(sql`count(*) > 0`);
    return reader
      .with(cells, each, first)
      .select({
        count: sql<WaitCount | null>`${all}`,
        roomCount: sql<number>`(select count(*) from ${each})::int`,
        rooms: sql<WaitsOfRoom[]>`coalesce(${firstRooms}, '[]')`,
      })
      .from(oneRow);
  },
);

/** The value that rooms are sorted by, as the functions of `domain/waits/waiting.ts` compute it. */
function sortValue(
  sort: WaitingRoomSort,
  { mode, short }: Pick<WaitMeasure, "mode" | "short">,
): SQL {
  const leaves = `outcome in ${outcomesOf((wait) => isCountedAsLeft(wait, short))}`;
  const [admitted, left] = [numberOf("outcome = 'admitted'"), numberOf(leaves)];
  const [met, leftWithin] = [
    numberOf("within and outcome = 'admitted'"),
    numberOf(`within and ${leaves}`),
  ];
  const share = (part: string, whole: string) => sql.raw(`(${part})::float8 / nullif(${whole}, 0)`);
  switch (sort) {
    case "waits":
      return sql.raw("sum(number)");
    case "lost":
      return sql.raw(numberOf(`outcome in ${outcomesOf(isReallyLost)}`));
    case "longest":
      return sql.raw(LONGEST);
    case "rate":
      return share(left, `${admitted} + ${left}`);
    case "average":
      return share(numberOf("outcome = 'admitted'", "ms"), admitted);
    case "level":
      switch (mode) {
        case "neutral":
          return share(met, `${admitted} + ${left} - ${leftWithin}`);
        case "ignored":
          return share(met, admitted);
        case "positive":
          return share(`${met} + ${leftWithin}`, `${admitted} + ${left}`);
        case "negative":
          return share(met, `${admitted} + ${left}`);
        default:
          return mode satisfies never;
      }
    default:
      return sort satisfies never;
  }
}

/** Counts the waits of a scope. One statement, by an index alone. */
export async function countWaitsIn(
  reader: Reader,
  scope: WaitScope,
  targetMs: Ms,
): Promise<WaitCount> {
  const slots = { wanted: isIn(scope), target: value(targetMs) };
  return sumCells(await counted(reader, "anew", slots, { by: "nothing" }));
}

/** Counts the waits of each of the meetings that had any. One statement. */
export async function countWaitsByMeeting(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<{ meetingId: string; count: WaitCount }[]> {
  const wanted = isOneOf(waits.meetingId, meetingIds);
  const slots = { wanted, target: value(DEFAULT_TARGET_MS) };
  const cells = await counted(reader, "anew", slots, { by: "meeting" });
  const byMeeting = Map.groupBy(cells, ({ key }) => key);
  return [...byMeeting].map(([meetingId, own]) => ({ meetingId, count: sumCells(own) }));
}

/** The cells of each meeting, or of all. */
const counted = madeOnce(
  (reader, { wanted, target }: Counting, { by }: { by: "meeting" | "nothing" }) => {
    const key = by === "meeting" ? sql<string>`${waits.meetingId}` : sql<string>`''`;
    return reader.select(cell(key, target)).from(waits).where(wanted).groupBy(sql`1, 2, 3`);
  },
);

/**
 * Counts the waits of a scope by the hour of the week in which they began, in a zone with these offset
 * periods. One statement that reads them once, period by period, by an index alone.
 */
export async function countWaitsByHour(
  reader: Reader,
  scope: WaitScope,
  { targetMs }: WaitMeasure,
  periods: readonly OffsetPeriod[],
): Promise<WeekHour[]> {
  const slots = {
    wanted: isIn(scope),
    target: value(targetMs),
    periods: offsetPeriodsTable(periods).from,
  };
  return countedByHour(reader, "anew", slots);
}

const countedByHour = madeOnce(
  (reader, { wanted, target, periods }: Counting & { periods: SQL }) => {
    const table = offsetPeriodsTable([]);
    const cells = parts.$with("cell").as(
      parts
        .select(cell(weekHour(table), target))
        .from(periods)
        .innerJoin(waits, isInOffsetPeriod(table))
        .where(wanted)
        .groupBy(sql`1, 2, 3`),
    );
    return reader
      .with(cells)
      .select({ hour: sql<number>`${cells.key}::int`, count: COUNT })
      .from(cells)
      .groupBy(cells.key)
      .orderBy(cells.key);
  },
);

/**
 * How many people of a scope were lost, in one hour of the week where it is given: the same number as the
 * list of lost people has. One statement.
 */
export async function countLost(
  reader: Reader,
  scope: WaitScope,
  hour: WaitSelection["weekHour"] = null,
): Promise<number> {
  const { startedAt, participantId, roomId } = waits;
  const until = scope.to === null ? null : scope.to + SAME_TRY_MS;
  const lost = parts
    .select({
      startedAt,
      againAt: sql<Ms | null>`lead(${startedAt}) over (
        partition by ${roomId}, ${personOf(waits)} order by ${startedAt}, ${participantId})`.as(
        "again_at",
      ),
    })
    .from(waits)
    .where(and(isIn({ ...scope, to: until }), LOST));
  const again = sql`again_at`;
  const [row] = await reader
    .select({ number: sql<number>`count(*)::int` })
    .from(standingFor(waits, lost))
    .where(
      and(
        or(isNull(again), sql`${again} > ${startedAt} + ${SAME_TRY_MS}::bigint`),
        scope.to === null ? undefined : lt(startedAt, scope.to),
        hour === null ? undefined : inWeekHour(hour.hour, hour.stretches),
      ),
    );
  return row?.number ?? 0;
}
