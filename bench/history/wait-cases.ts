import type { Sql } from "#db/client.ts";
import {
  countWaitsByHour,
  countWaitsByRoom,
  distributeWaits,
} from "#db/reading/history/waiting.ts";
import { listWaitsHeld } from "#db/reading/history/waits.ts";
import { listWaits, type WaitFilter } from "#db/reading/lists.ts";
import type { Reader } from "#db/reading/meeting.ts";
import type { Yardstick } from "#domain/history/waiting-page.ts";
import type { Past } from "./past.ts";
import { type Case, momentIn, pick } from "./question.ts";

/** The list of waits, and what waiting rooms are measured by. */

const PAGE = 25;
const FOUR_WEEKS = 28 * 86_400_000;

const ANY: WaitFilter = { outcome: null, room: null, from: null, to: null };

const YARDSTICK: Yardstick = { targetMs: 120_000, mode: "neutral", short: "apart" };

const ANY_SELECTION = {
  source: null,
  room: null,
  shown: "lost",
  targetMs: YARDSTICK.targetMs,
  weekHour: null,
} as const;

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
        from waits w join meetings m on m.id = w.meeting_id join rooms r on r.id = m.room_id
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
          from waits w join meetings m on m.id = w.meeting_id join rooms r on r.id = m.room_id
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
          from rooms r join meetings m on m.room_id = r.id join waits w on w.meeting_id = m.id
          where r.source_id = any(select id from sources) and r.key = ${room}
          order by w.started_at desc, w.meeting_id, w.participant_id limit ${PAGE}`,
          ),
      };
    },
  },
  measuredCase(
    "waits-measured-by-room",
    (reader, scope) =>
      countWaitsByRoom(reader, scope, YARDSTICK, { sort: "waits", order: "desc" }, 50).then(
        ({ rooms }) => rooms.map(({ room, count }) => `${room} ${count.began} ${count.admittedMs}`),
      ),
    (sql, { from, to }) => sql<{ line: string }[]>`
      select r.key || ' ' || count(*) || ' ' ||
        coalesce(sum(w.ended_at - w.started_at) filter (where outcome = 'admitted'), 0) as line
      from waits w join rooms r on r.id = w.room_id
      where w.started_at >= ${from} and w.started_at < ${to}
      group by r.id order by count(*) desc, r.id desc limit 50`,
  ),
  measuredCase(
    "waits-measured-by-hour",
    (reader, scope) =>
      countWaitsByHour(reader, scope, YARDSTICK, [{ ...scope, offsetMs: 0 }]).then((hours) =>
        hours.map(({ hour, count }) => `${hour} ${count.began} ${count.admittedMs}`),
      ),
    (sql, { from, to }) => sql<{ line: string }[]>`
      select (started_at / 3600000 + 72) % 168 || ' ' || count(*) || ' ' ||
        coalesce(sum(ended_at - started_at) filter (where outcome = 'admitted'), 0) as line
      from waits where started_at >= ${from} and started_at < ${to}
      group by (started_at / 3600000 + 72) % 168 order by (started_at / 3600000 + 72) % 168`,
  ),
  measuredCase(
    "waits-measured-by-length",
    (reader, scope) =>
      distributeWaits(reader, scope, "apart").then(
        ({ untilAdmitted: { medianMs, p90Ms }, bins }) => [
          `${medianMs} ${p90Ms} ${bins.reduce((sum, { admitted }) => sum + admitted, 0)}`,
        ],
      ),
    (sql, { from, to }) => sql<{ line: string }[]>`
      select percentile_disc(0.5) within group (order by ended_at - started_at) || ' ' ||
        percentile_disc(0.9) within group (order by ended_at - started_at) || ' ' ||
        count(*) as line
      from waits where outcome = 'admitted' and started_at >= ${from} and started_at < ${to}`,
  ),
  {
    name: "waits-people-lost",
    draw: (past, random) => {
      const to = midnightIn(past, random);
      const selection = { ...ANY_SELECTION, from: to - FOUR_WEEKS, to };
      return {
        ours: async (reader) => names(await listWaitsHeld(reader, selection, null, PAGE)),
        byHand: async (sql) =>
          names(
            await sql<Named[]>`
          select w.meeting_id as "meetingId", w.participant_id as "participantId",
            w.started_at as "startedAt", w.*, r.key, r.title, s.name
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

interface Scope {
  source: null;
  room: null;
  from: number;
  to: number;
}

/** Four weeks of everything, counted. */
function measuredCase(
  name: string,
  ours: (reader: Reader, scope: Scope) => Promise<string[]>,
  byHand: (sql: Sql, scope: Scope) => Promise<{ line: string }[]>,
): Case {
  return {
    name,
    draw: (past, random) => {
      const to = midnightIn(past, random);
      const scope: Scope = { source: null, room: null, from: to - FOUR_WEEKS, to };
      return {
        ours: (reader) => ours(reader, scope),
        byHand: async (sql) => (await byHand(sql, scope)).map(({ line }) => line),
      };
    },
  };
}

function midnightIn(past: Past, random: () => number): number {
  return Math.floor(momentIn(past, random) / 86_400_000) * 86_400_000;
}
