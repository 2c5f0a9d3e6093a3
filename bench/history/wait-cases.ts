import type { Sql } from "#db/connection/client.ts";
import type { Reader } from "#db/sql/orm.ts";
import { listWaits } from "#db/waits/list-waits.ts";
import { withLeaves } from "#db/waits/wait-leaves.ts";
import { distributeWaits } from "#db/waits/wait-lengths.ts";
import { countWaitsByHour, countWaitsByRoom } from "#db/waits/waiting.ts";
import { BIN_ENDS_MS, binsWith } from "#domain/waits/wait-bins.ts";
import { NO_WAITS, type WaitCount } from "#domain/waits/wait-count.ts";
import type { WaitMeasure } from "#domain/waits/waiting-page.ts";
import type { Past } from "./past.ts";
import { type Case, momentIn, pick } from "./question.ts";

/** The list of waits, and the metrics of waiting rooms. */

const PAGE = 25;
const FOUR_WEEKS = 28 * 86_400_000;

/** As PostgreSQL writes an array. */
const ENDS = `{${BIN_ENDS_MS.join(",")}}`;

const MEASURE: WaitMeasure = { targetMs: 120_000, mode: "neutral", short: "apart" };

const ANY_SELECTION = {
  source: null,
  room: null,
  shown: "lost",
  outcome: null,
  followUp: null,
  targetMs: MEASURE.targetMs,
  weekHour: null,
} as const;

const ANY = { ...ANY_SELECTION, shown: "all", from: null, to: null } as const;

interface Named {
  meetingId: string;
  participantId: string;
  startedAt: number;
}

function names(rows: readonly Named[]): string[] {
  return rows.map(({ meetingId, participantId, startedAt }) =>
    [startedAt, meetingId, participantId].join(" "),
  );
}

export const waitCases: readonly Case[] = [
  {
    name: "waits-newest",
    draw: () => ({
      ours: async (reader) => names(await listWaits(reader, ANY, null, PAGE)),
      byHand: async (sql) =>
        names(
          await sql<Named[]>`
        select w.meeting_id as "meetingId", w.participant_id as "participantId",
          w.started_at as "startedAt", w.*, r.key, r.title
        from waits w join rooms r on r.id = w.room_id
        order by w.started_at desc, w.meeting_id, w.participant_id limit ${PAGE}`,
        ),
      fromEvents: async (sql) =>
        (
          await sql`
        select k.meeting_id, k.participant_id, k.at, min(n.at) as ended_at
        from events k left join events n on n.meeting_id = k.meeting_id
          and n.participant_id = k.participant_id and n.at >= k.at
          and n.type in ('stopped_waiting', 'joined')
        where k.type = 'knocked'
        group by 1, 2, 3 order by 3 desc, 1, 2 limit ${PAGE}`
        ).length,
    }),
  },
  {
    name: "waits-lost",
    draw: (past, random) => {
      const to = momentIn(past, random);
      const filter = { ...ANY, outcome: "left", from: to - FOUR_WEEKS, to } as const;
      return {
        ours: async (reader) => names(await listWaits(reader, filter, null, PAGE)),
        byHand: async (sql) =>
          names(
            await sql<Named[]>`
          select w.meeting_id as "meetingId", w.participant_id as "participantId",
            w.started_at as "startedAt", w.*, r.key, r.title
          from waits w join rooms r on r.id = w.room_id
          where w.outcome = 'left' and not w.returned
            and w.started_at >= ${filter.from} and w.started_at < ${to}
          order by w.started_at desc, w.meeting_id, w.participant_id limit ${PAGE}`,
          ),
      };
    },
  },
  {
    name: "waits-of-room",
    draw: (past, random) => {
      const room = pick(past.rooms, random);
      return {
        ours: async (reader) => names(await listWaits(reader, { ...ANY, room }, null, PAGE)),
        byHand: async (sql) =>
          names(
            await sql<Named[]>`
          select w.meeting_id as "meetingId", w.participant_id as "participantId",
            w.started_at as "startedAt", w.*, r.key, r.title
          from rooms r cross join lateral (
            select * from waits where room_id = r.id
            order by started_at desc, meeting_id, participant_id limit ${PAGE}
          ) w
          where r.key = ${room}
          order by w.started_at desc, w.meeting_id, w.participant_id limit ${PAGE}`,
          ),
      };
    },
  },
  measuredCase(
    "waits-measured-by-room",
    async (reader, scope) => {
      const by = { sort: "waits", order: "desc" } as const;
      const { rooms } = await countWaitsByRoom(reader, scope, MEASURE, by, 50);
      return rooms.map(({ room, count }) => `${room} ${numbersOf(count)}`);
    },
    async (sql, { from, to }) => {
      const rows = await sql<(WaitCount & { room: string })[]>`
        select c.*, r.key as room from (
          select room_id, ${numbers(sql)} from waits
          where started_at >= ${from} and started_at < ${to}
          group by room_id order by count(*) desc, room_id desc limit 50
        ) c join rooms r on r.id = c.room_id join sources s on s.id = r.source_id
        order by c.began desc, c.room_id desc`;
      return rows.map(({ room, ...count }) => `${room} ${numbersOf(count)}`);
    },
  ),
  measuredCase(
    "waits-measured-by-hour",
    async (reader, scope) => {
      const intervals = [{ from: scope.from, to: scope.to, offsetMs: 0 }];
      const hours = await countWaitsByHour(reader, scope, MEASURE, intervals);
      return hours.map(({ hour, count }) => `${hour} ${numbersOf(count)}`);
    },
    async (sql, { from, to }) => {
      const rows = await sql<(WaitCount & { hour: number })[]>`
        select (started_at / 3600000 + 72) % 168 as hour, ${numbers(sql)} from waits
        where started_at >= ${from} and started_at < ${to} group by 1 order by 1`;
      return rows.map(({ hour, ...count }) => `${hour} ${numbersOf(count)}`);
    },
  ),
  measuredCase(
    "waits-measured-by-length",
    async (reader, scope) => {
      const { untilAdmitted, untilLeaving, bins } = await distributeWaits(reader, scope, "apart");
      const ends = [untilAdmitted, untilLeaving].flatMap(({ medianMs, p90Ms }) => [
        medianMs,
        p90Ms,
      ]);
      return [
        ends.join(" "),
        ...bins.map(({ admitted, left, short }) => `${admitted} ${left} ${short}`),
      ];
    },
    async (sql, { from, to }) => {
      const left = sql`outcome in ('left', 'came_back') or (outcome = 'short' and returned)`;
      const [[row], counts] = await Promise.all([
        sql<{ admitted: number[] | null; gone: number[] | null }[]>`
          select to_json(percentile_disc(array[0.5, 0.9]) within group (order by ended_at - started_at)
              filter (where outcome = 'admitted')) as admitted,
            to_json(percentile_disc(array[0.5, 0.9]) within group (order by ended_at - started_at)
              filter (where ${left})) as gone
          from waits where started_at >= ${from} and started_at < ${to}`,
        sql<{ bin: number; admitted: number; left: number; short: number }[]>`
          select width_bucket(ended_at - started_at - 1, ${ENDS}::bigint[]) as bin,
            count(*) filter (where outcome = 'admitted') as admitted,
            count(*) filter (where ${left}) as "left",
            count(*) filter (where outcome = 'short' and not returned) as short
          from waits where started_at >= ${from} and started_at < ${to}
            and outcome not in ('unknown', 'waiting')
          group by 1`,
      ]);
      const ends = [row?.admitted ?? [null, null], row?.gone ?? [null, null]].flat();
      const bins = binsWith(counts).map((bin) => `${bin.admitted} ${bin.left} ${bin.short}`);
      return [ends.join(" "), ...bins];
    },
  ),
  {
    name: "waits-people-lost",
    draw: (past, random) => {
      const to = midnightIn(past, random);
      const selection = { ...ANY_SELECTION, from: to - FOUR_WEEKS, to };
      return {
        ours: async (reader) =>
          names(await withLeaves(reader, await listWaits(reader, selection, null, PAGE))),
        byHand: async (sql) =>
          names(
            await sql<Named[]>`
          select w.meeting_id as "meetingId", w.participant_id as "participantId",
            w.started_at as "startedAt", w.*, r.key, r.title, s.name, (
              select count(*) from waits l where l.room_id = w.room_id
                and l.started_at between w.started_at - 86400000 and w.started_at
                and l.outcome in ('left', 'short', 'came_back')
                and (l.person_id = w.person_id or (l.person_id like 'c:%'
                  and w.person_id like 'c:%' and lower(l.name) = lower(w.name)))) as leaves
          from waits w join rooms r on r.id = w.room_id join sources s on s.id = r.source_id
          where w.outcome = 'left' and not w.returned
            and w.started_at >= ${selection.from} and w.started_at < ${to}
            and not exists (
              select from waits l where l.room_id = w.room_id and l.outcome = 'left'
                and not l.returned and l.started_at <= w.started_at + 86400000
                and (l.started_at, l.participant_id) > (w.started_at, w.participant_id)
                and (l.person_id = w.person_id or (l.person_id like 'c:%' and w.person_id like 'c:%'
                  and lower(l.name) = lower(w.name))))
          order by w.started_at desc, w.meeting_id, w.participant_id limit ${PAGE}`,
          ),
      };
    },
  },
];

/** Every number of a `WaitCount`, of rows of `waits`. */
function numbers(sql: Sql) {
  const lasted = sql`(ended_at - started_at)`;
  const within = sql`${lasted} <= ${MEASURE.targetMs}`;
  const left = sql`(outcome in ('left', 'came_back') or returned)`;
  return sql`
    count(*) as began,
    count(*) filter (where outcome = 'admitted') as admitted,
    count(*) filter (where outcome = 'left' and not returned) as lost,
    count(*) filter (where outcome = 'came_back' or returned) as "cameBack",
    count(*) filter (where outcome = 'short' and not returned) as short,
    count(*) filter (where outcome = 'unknown') as unknown,
    count(*) filter (where outcome = 'waiting') as waiting,
    coalesce(sum(${lasted}) filter (where outcome = 'admitted'), 0)::bigint as "admittedMs",
    coalesce(sum(${lasted}) filter (where ${left}), 0)::bigint as "leftMs",
    coalesce(sum(${lasted}) filter (where outcome = 'short' and not returned), 0)::bigint as "shortMs",
    max(${lasted}) filter (where outcome not in ('unknown', 'waiting')) as "longestMs",
    count(*) filter (where outcome = 'admitted' and ${within}) as "admittedWithin",
    count(*) filter (where ${left} and ${within}) as "leftWithin",
    count(*) filter (where outcome = 'short' and not returned and ${within}) as "shortWithin"`;
}

function numbersOf(count: WaitCount): string {
  return Object.keys(NO_WAITS)
    .map((name) => Object.entries(count).find(([one]) => one === name)?.[1])
    .join(" ");
}

interface Scope {
  source: null;
  room: null;
  from: number;
  to: number;
}

/** A case over four weeks of all waits. */
function measuredCase(
  name: string,
  ours: (reader: Reader, scope: Scope) => Promise<string[]>,
  byHand: (sql: Sql, scope: Scope) => Promise<string[]>,
): Case {
  return {
    name,
    draw: (past, random) => {
      const to = midnightIn(past, random);
      const scope: Scope = { source: null, room: null, from: to - FOUR_WEEKS, to };
      return {
        ours: (reader) => ours(reader, scope),
        byHand: (sql) => byHand(sql, scope),
      };
    },
  };
}

function midnightIn(past: Past, random: () => number): number {
  return Math.floor(momentIn(past, random) / 86_400_000) * 86_400_000;
}
