import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { OUTCOME, type Reader } from "#db/reading/meeting.ts";
import { sourceJson } from "#db/source-json.ts";
import type { Ms } from "#domain/event.ts";
import type { Order } from "#domain/history/meetings.ts";
import { SAME_TRY_MS } from "#domain/history/people-left.ts";
import { BIN_ENDS_MS, binsWith, type WaitBin } from "#domain/history/wait-bins.ts";
import { NO_WAITS, type WaitCount } from "#domain/history/wait-count.ts";
import type { ShortLeaves } from "#domain/history/waiting.ts";
import {
  DEFAULT_TARGET_MS,
  type Quantiles,
  type RoomSort,
  type WaitsOfRoom,
  type Yardstick,
} from "#domain/history/waiting-page.ts";
import type { Stretch, WeekHour } from "#domain/history/week-hours.ts";
import {
  inWeekHour,
  LOST,
  personOf,
  scopeConditions,
  stretchTable,
  type WaitScope,
  type WaitSelection,
  weekHour,
} from "./wait-filter.ts";

/**
 * How many wanted waits `w` ended how, and how long they took, by something: `cell (key, outcome, within,
 * number, ms, longest)`. Few rows, whatever they are added up to afterwards. Lengths are added up as floats:
 * exact up to 2^53, as all our numbers, and much quicker than what `sum` makes of 64 bits.
 */
function cells(key: SQL, targetMs: Ms, wanted: SQL, tables = sql`waits w`): SQL {
  return sql`
    select ${key} as key, ${OUTCOME} as outcome,
      coalesce(w.ended_at - w.started_at <= ${targetMs}::bigint, false) as within,
      count(*) as number, sum(greatest(0, w.ended_at - w.started_at)::float8) as ms,
      max(greatest(0, w.ended_at - w.started_at)) as longest
    from ${tables} where ${wanted}
    group by 1, 2, 3`;
}

function where(scope: WaitScope): SQL {
  return sql.join([sql`true`, ...scopeConditions(scope)], sql` and `);
}

const number = (condition: string, of = "number") =>
  `coalesce(sum(${of}) filter (where ${condition}), 0)::bigint`;
const LEFT = "outcome in ('left', 'came_back')";
const KNOWN = "outcome not in ('unknown', 'waiting')";

/** A `WaitCount` of cells. */
const COUNT = sql.raw(`json_build_object(
  'began', sum(number)::bigint,
  'admitted', ${number("outcome = 'admitted'")},
  'lost', ${number("outcome = 'left'")},
  'cameBack', ${number("outcome = 'came_back'")},
  'short', ${number("outcome = 'short'")},
  'unknown', ${number("outcome = 'unknown'")},
  'waiting', ${number("outcome = 'waiting'")},
  'admittedMs', ${number("outcome = 'admitted'", "ms")},
  'leftMs', ${number(LEFT, "ms")},
  'shortMs', ${number("outcome = 'short'", "ms")},
  'longestMs', max(longest) filter (where ${KNOWN}),
  'admittedWithin', ${number("within and outcome = 'admitted'")},
  'leftWithin', ${number(`within and ${LEFT}`)},
  'shortWithin', ${number("within and outcome = 'short'")})`);

/** The waits of every room, and of the first of them in an order: `null` where nobody waited. */
export interface WaitsCounted {
  count: WaitCount | null;
  roomCount: number;
  rooms: WaitsOfRoom[];
}

/** Counts the waits of a scope, and of its rooms. One statement that reads them once, by an index alone. */
export async function countWaitsByRoom(
  reader: Reader,
  scope: WaitScope,
  yardstick: Yardstick,
  by: { sort: RoomSort; order: Order },
  limit: number,
): Promise<WaitsCounted> {
  const direction = sql.raw(by.order === "desc" ? "desc nulls last" : "asc nulls last");
  const [row] = await reader.execute<WaitsCounted & Record<string, unknown>>(sql`
    with cell as materialized (${cells(sql`w.room_id`, yardstick.targetMs, where(scope))}),
    room as (select key as id, ${COUNT} as count, ${sortValue(by.sort, yardstick)} as value
      from cell group by key),
    first as (select * from room order by value ${direction}, id desc limit ${limit})
    select (select ${COUNT} from cell having count(*) > 0) as count,
      (select count(*) from room)::int as "roomCount",
      coalesce((select json_agg(json_build_object(
          'source', ${sql.raw(sourceJson("s"))},
          'room', r.key, 'title', r.title, 'count', f.count)
        order by f.value ${direction}, f.id desc)
      from first f join rooms r on r.id = f.id join sources s on s.id = r.source_id),
        '[]') as rooms`);
  return row ?? { count: null, roomCount: 0, rooms: [] };
}

/** What rooms are sorted by, as the functions of `domain/history/waiting.ts` have it. */
function sortValue(sort: RoomSort, { mode, short }: Yardstick): SQL {
  const leaves = short === "counted" ? "outcome in ('left', 'came_back', 'short')" : LEFT;
  const [admitted, left] = [number("outcome = 'admitted'"), number(leaves)];
  const [met, leftWithin] = [
    number("within and outcome = 'admitted'"),
    number(`within and ${leaves}`),
  ];
  const share = (part: string, whole: string) => sql.raw(`(${part})::float8 / nullif(${whole}, 0)`);
  switch (sort) {
    case "waits":
      return sql.raw("sum(number)");
    case "lost":
      return sql.raw(number("outcome = 'left'"));
    case "longest":
      return sql.raw(`max(longest) filter (where ${KNOWN})`);
    case "rate":
      return share(left, `${admitted} + ${left}`);
    case "average":
      return share(number("outcome = 'admitted'", "ms"), admitted);
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
  const [row] = await reader.execute<{ count: WaitCount }>(sql`
    with cell as materialized (${cells(sql`0`, targetMs, where(scope))})
    select ${COUNT} as count from cell having count(*) > 0`);
  return row?.count ?? NO_WAITS;
}

/** Counts the waits of each of the meetings in which anybody waited. One statement. */
export async function countWaitsByMeeting(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<{ meetingId: string; count: WaitCount }[]> {
  const ours = sql`w.meeting_id = any(${list("uuid", meetingIds)})`;
  return reader.execute<{ meetingId: string; count: WaitCount }>(sql`
    with cell as materialized (${cells(sql`w.meeting_id`, DEFAULT_TARGET_MS, ours)})
    select key as "meetingId", ${COUNT} as count from cell group by key`);
}

/**
 * Counts the waits of a scope by the hour of the week in which they began, in the zone of these stretches. One
 * statement that reads them once, stretch by stretch, by an index alone.
 */
export async function countWaitsByHour(
  reader: Reader,
  scope: WaitScope,
  { targetMs }: Yardstick,
  stretches: readonly Stretch[],
): Promise<WeekHour[]> {
  const tables = sql`${stretchTable(stretches)} join waits w
    on w.started_at >= z."from" and w.started_at < z."to"`;
  return reader.execute<WeekHour & Record<string, unknown>>(sql`
    with cell as materialized (
      ${cells(weekHour(sql.raw("w.started_at")), targetMs, where(scope), tables)})
    select key::int as hour, ${COUNT} as count from cell group by key order by key`);
}

export interface Distribution {
  bins: WaitBin[];
  untilAdmitted: Quantiles;
  untilLeaving: Quantiles;
}

/** How the lengths of the waits of a scope lie. Two statements, sent together. */
export async function distributeWaits(
  reader: Reader,
  scope: WaitScope,
  short: ShortLeaves,
): Promise<Distribution> {
  const [bins, quantiles] = await Promise.all([
    binWaits(reader, scope),
    ranked(reader, scope, short),
  ]);
  return { bins: binsWith(bins), ...quantiles };
}

async function binWaits(
  reader: Reader,
  scope: WaitScope,
): Promise<{ bin: number; admitted: number; left: number; short: number }[]> {
  return reader.execute(sql`
    select bin, ${sql.raw(number("kind = 'admitted'"))} as admitted,
      ${sql.raw(number("kind in ('left', 'came_back')"))} as "left",
      ${sql.raw(number("kind = 'short'"))} as short
    from (
      select width_bucket(greatest(0, w.ended_at - w.started_at) - 1,
          ${list("bigint", BIN_ENDS_MS)}) as bin, ${OUTCOME} as kind, count(*) as number
      from waits w where ${where(scope)} and w.outcome not in ('unknown', 'waiting')
      group by 1, 2
    ) b
    group by bin`);
}

async function ranked(
  reader: Reader,
  scope: WaitScope,
  short: ShortLeaves,
): Promise<Pick<Distribution, "untilAdmitted" | "untilLeaving">> {
  const left = sql.raw(
    short === "counted" ? "kind <> 'admitted'" : "kind in ('left', 'came_back')",
  );
  const ranks = sql.raw("percentile_disc(array[0.5, 0.9]) within group (order by lasted)");
  const [row] = await reader.execute<
    { admitted: (Ms | null)[] | null; left: (Ms | null)[] | null } & Record<string, unknown>
  >(sql`
    select to_json(${ranks} filter (where kind = 'admitted')) as admitted,
      to_json(${ranks} filter (where ${left})) as "left"
    from (
      select ${OUTCOME} as kind, greatest(0, w.ended_at - w.started_at) as lasted
      from waits w where ${where(scope)} and w.outcome not in ('unknown', 'waiting')
    ) w`);
  return { untilAdmitted: quantilesOf(row?.admitted), untilLeaving: quantilesOf(row?.left) };
}

function quantilesOf(values: (Ms | null)[] | null | undefined): Quantiles {
  return { medianMs: values?.[0] ?? null, p90Ms: values?.[1] ?? null };
}

/**
 * How many people of a scope were lost, in one hour of the week where it is given: as many as the list of them
 * has. One statement.
 */
export async function countLost(
  reader: Reader,
  scope: WaitScope,
  hour: WaitSelection["weekHour"] = null,
): Promise<number> {
  const [row] = await reader.execute<{ number: number }>(sql`
    select count(*)::int as number from (
      select w.started_at, lead(w.started_at) over (
        partition by w.room_id, ${personOf("w")} order by w.started_at, w.participant_id) as again_at
      from waits w
      where ${where({ ...scope, to: scope.to === null ? null : scope.to + SAME_TRY_MS })} and ${LOST}
    ) w
    where (again_at is null or again_at > w.started_at + ${SAME_TRY_MS}::bigint)
      and ${scope.to === null ? sql`true` : sql`w.started_at < ${scope.to}`}
      and ${hour === null ? sql`true` : inWeekHour(hour.hour, hour.stretches)}`);
  return row?.number ?? 0;
}
