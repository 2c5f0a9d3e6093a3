import { listMeetings } from "#db/meetings/lists.ts";
import type { MeetingFilter } from "#db/meetings/meeting-filter.ts";
import { type Case, momentIn, pick } from "./question.ts";

/** The list of meetings. */

const PAGE = 25;
export const FOUR_WEEKS = 28 * 86_400_000;
const LATEST = "ffffffff-ffff-4fff-bfff-ffffffffffff";

/** Without any filter. */
export const ANY: MeetingFilter = {
  status: null,
  source: null,
  room: null,
  person: null,
  q: null,
  from: null,
  to: null,
  longerThan: null,
};

export function ids(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

export const meetingCases: readonly Case[] = [
  {
    name: "meetings-newest",
    draw: () => ({
      ours: async (reader) => ids(await listMeetings(reader, ANY, null, PAGE)),
      byHand: async (sql) =>
        ids(
          await sql`
        select m.*, r.key, r.title, s.name, s.provider
        from meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
        where m.merged_into is null order by m.first_at desc, m.id desc limit ${PAGE}`,
        ),
      fromEvents: async (sql) =>
        (
          await sql`
        select meeting_id, min(at) as first_at, count(distinct person_id) as people,
          count(*) filter (where type = 'knocked') as knocks, max(at) as last_at
        from events group by meeting_id order by 2 desc, 1 desc limit ${PAGE}`
        ).length,
    }),
  },
  {
    name: "meetings-page",
    draw: (past, random) => {
      const firstAt = momentIn(past, random);
      const cursor = { direction: "next", key: { firstAt, id: LATEST } } as const;
      return {
        ours: async (reader) => ids(await listMeetings(reader, ANY, cursor, PAGE)),
        byHand: async (sql) =>
          ids(
            await sql`
          select m.*, r.key, r.title, s.name, s.provider
          from meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
          where m.merged_into is null and (m.first_at, m.id) < (${firstAt}, ${LATEST}::uuid)
          order by m.first_at desc, m.id desc limit ${PAGE}`,
          ),
      };
    },
  },
  {
    name: "meetings-of-source",
    draw: (past, random) => {
      const [to, source] = [momentIn(past, random), pick(past.sources, random)];
      const from = to - FOUR_WEEKS;
      const filter = { ...ANY, source, from, to };
      return {
        ours: async (reader) => ids(await listMeetings(reader, filter, null, PAGE)),
        byHand: async (sql) =>
          ids(
            await sql`
          select m.*, r.key, r.title, s.name, s.provider
          from meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
          where m.merged_into is null and m.source_id = ${source}
            and m.first_at >= ${from} and m.first_at < ${to}
          order by m.first_at desc, m.id desc limit ${PAGE}`,
          ),
        // Of all sources: events do not have a source.
        fromEvents: async (sql) =>
          (
            await sql`
          select e.meeting_id, min(e.at) as first_at, count(distinct e.person_id) as people,
            count(*) filter (where e.type = 'knocked') as knocks, max(e.at) as last_at
          from events e
          where e.at >= ${from} and e.at < ${to}
          group by e.meeting_id order by 2 desc, 1 desc limit ${PAGE}`
          ).length,
      };
    },
  },
  {
    name: "meetings-of-room",
    draw: (past, random) => {
      const room = pick(past.rooms, random);
      return {
        ours: async (reader) => ids(await listMeetings(reader, { ...ANY, room }, null, PAGE)),
        byHand: async (sql) =>
          ids(
            await sql`
          select m.*, r.key, r.title, s.name, s.provider
          from rooms r join sources s on s.id = r.source_id cross join lateral (
            select * from meetings where room_id = r.id and merged_into is null
            order by first_at desc, id desc limit ${PAGE}
          ) m
          where r.key = ${room}
          order by m.first_at desc, m.id desc limit ${PAGE}`,
          ),
      };
    },
  },
  {
    name: "meetings-of-user",
    draw: (past, random) => {
      const person = pick(past.users, random);
      return {
        ours: async (reader) => ids(await listMeetings(reader, { ...ANY, person }, null, PAGE)),
        byHand: async (sql) =>
          ids(
            await sql`
          select m.*, r.key, r.title, s.name, s.provider
          from meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
          where m.merged_into is null
            and m.id in (select meeting_id from attendances where user_id = ${person})
          order by m.first_at desc, m.id desc limit ${PAGE}`,
          ),
        fromEvents: async (sql) =>
          (
            await sql`
          select meeting_id, min(at) as first_at, count(distinct person_id) as people
          from events where meeting_id in (
            select meeting_id from events where person_id = ${`u:${person}`})
          group by meeting_id order by 2 desc, 1 desc limit ${PAGE}`
          ).length,
      };
    },
  },
  {
    name: "meetings-of-name",
    draw: (past, random) => {
      const person = pick(past.names, random);
      return {
        ours: async (reader) => ids(await listMeetings(reader, { ...ANY, person }, null, PAGE)),
        byHand: async (sql) =>
          ids(
            await sql`
          select m.*, r.key, r.title, s.name, s.provider
          from meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
          where m.merged_into is null
            and m.id in (select meeting_id from attendances where name_key = ${person})
          order by m.first_at desc, m.id desc limit ${PAGE}`,
          ),
      };
    },
  },
  textCase("meetings-with-text", (names, random) => pick(names, random)),
  // Half a name: many people have it.
  textCase("meetings-with-common-text", (names, random) => pick(names, random).slice(0, 3)),
  textCase("meetings-with-unheard-text", (_, random) => `qx${random().toString(36).slice(2, 8)}`),
];

function textCase(name: string, text: (names: string[], random: () => number) => string): Case {
  return {
    name,
    draw: (past, random) => {
      const q = text(past.names, random);
      const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
      return {
        ours: async (reader) => ids(await listMeetings(reader, { ...ANY, q }, null, PAGE)),
        byHand: async (sql) =>
          ids(
            await sql`
          select m.*, r.key, r.title, s.name, s.provider
          from meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
          where m.merged_into is null and (r.key ilike ${like} or r.title ilike ${like}
            or exists (select from attendances a where a.meeting_id = m.id and a.name_key like ${like}))
          order by m.first_at desc, m.id desc limit ${PAGE}`,
          ),
      };
    },
  };
}
