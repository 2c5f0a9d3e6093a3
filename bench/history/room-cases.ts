import { registerEntries, registerMeetings } from "#db/rooms/register.ts";
import { type RoomFilter, sizeRooms } from "#db/rooms/room-filter.ts";
import { listRooms } from "#db/rooms/rooms.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { RoomOrder } from "#domain/rooms/rooms.ts";
import { oneMeetingARoom } from "#server/providers/providers.ts";
import { type Case, momentIn, pick } from "./question.ts";

/** The list of rooms, and a room's register. */

const PAGE = 51;
const MOST_MEETINGS = 200;
const FOUR_WEEKS = 28 * 86_400_000;
const BY_NAME: RoomOrder = { sort: "name", order: "asc" };
const LAST_FIRST: RoomOrder = { sort: "last", order: "desc" };

function keys(rows: readonly { key: string }[]): string[] {
  return rows.map(({ key }) => key);
}

/** A page as the product reads it, the size first. */
async function firstPage(reader: Reader, filter: RoomFilter, order: RoomOrder) {
  const size = await sizeRooms(reader, filter);
  return listRooms(reader, filter, size, order, null, PAGE, oneMeetingARoom);
}

/** The meeting and person of each row. */
function namesOf(rows: readonly { meetingId: string; personId: string }[]): string[] {
  return rows.map(({ meetingId, personId }) => `${meetingId} ${personId}`).toSorted();
}

export const roomCases: readonly Case[] = [
  {
    name: "rooms-of-four-weeks",
    draw: (past, random) => {
      const [to, source] = [momentIn(past, random), pick(past.sources, random)];
      const filter = { source, q: null, from: to - FOUR_WEEKS, to, longerThan: null };
      return {
        ours: async (reader) => keys(await firstPage(reader, filter, LAST_FIRST)),
        byHand: async (sql) =>
          keys(
            await sql<{ key: string }[]>`
          select * from (
            select distinct on (coalesce(case when s.provider = 'attendee' then r.title end, r.key))
              r.key, r.title, s.name, m.id, m.first_at, m.started_at, m.ended_at, m.status
            from meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
            where m.merged_into is null and m.source_id = ${source}
              and m.first_at >= ${filter.from} and m.first_at < ${to}
            order by coalesce(case when s.provider = 'attendee' then r.title end, r.key),
              m.first_at desc, m.id desc
          ) l order by first_at desc, id desc limit ${PAGE}`,
          ),
        // Of all sources: events do not have a source.
        fromEvents: async (sql) =>
          (
            await sql`
          select m.room_id, max(e.at) as last_at, count(distinct e.meeting_id) as meetings,
            count(distinct (e.meeting_id, e.person_id)) as people
          from events e join meetings m on m.id = e.meeting_id
          where e.at >= ${filter.from} and e.at < ${to}
          group by 1 order by 2 desc limit ${PAGE}`
          ).length,
      };
    },
  },
  {
    name: "rooms-by-name",
    draw: (past, random) => {
      const to = momentIn(past, random);
      const filter = { source: null, q: null, from: to - FOUR_WEEKS, to, longerThan: null };
      return {
        ours: async (reader) => {
          const rows = await firstPage(reader, filter, BY_NAME);
          return rows.map(({ key, title }) => title ?? key);
        },
        byHand: async (sql) => {
          const rows = await sql<{ name: string }[]>`
            select min(coalesce(r.title, r.key)) as name, max(m.first_at) as last, count(*) as meetings
            from meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
            where m.merged_into is null and m.first_at >= ${filter.from} and m.first_at < ${to}
            group by s.id, coalesce(case when s.provider = 'attendee' then r.title end, r.key)
            order by lower(min(coalesce(r.title, r.key))), max(r.id) limit ${PAGE}`;
          return rows.map(({ name }) => name);
        },
      };
    },
  },
  {
    name: "register-of-a-room",
    draw: (past, random) => {
      const [to, room] = [momentIn(past, random), pick(past.rooms, random)];
      const span = { from: to - 3 * FOUR_WEEKS, to };
      return {
        ours: async (reader) => {
          const [named] = await past.database.sql<{ id: string }[]>`
            select id::text from rooms where key = ${room} and source_id = any(select id from sources)`;
          const meetings = await registerMeetings(
            reader,
            named?.id ?? "0",
            { ...span, longerThan: null },
            oneMeetingARoom,
            MOST_MEETINGS,
          );
          const ids = meetings.map(({ id }) => id);
          return namesOf(await registerEntries(reader, ids));
        },
        byHand: async (sql) =>
          namesOf(
            await sql<{ meetingId: string; personId: string }[]>`
          select a.meeting_id as "meetingId", a.person_id as "personId", a.user_id, a.name, a.name_key,
            a.first_joined_at, a.last_left_at, a.attended_ms, a.open_since, a.status, a.tenures, a.visits
          from attendances a join (
            select m.id, m.status, m.started_at, m.ended_at, m.people_count
            from rooms r join meetings m on m.room_id = r.id
            where r.source_id = any(select id from sources) and r.key = ${room}
              and m.merged_into is null and m.first_at >= ${span.from} and m.first_at < ${to}
            order by m.first_at desc, m.id desc limit ${MOST_MEETINGS}
          ) l on l.id = a.meeting_id
          where a.first_joined_at is not null or a.waits <> '[]'`,
          ),
        fromEvents: async (sql) =>
          (
            await sql`
          select e.meeting_id, e.person_id, min(e.at) as first_at, max(e.at) as last_at
          from events e join meetings m on m.id = e.meeting_id join rooms r on r.id = m.room_id
          where r.key = ${room} and m.first_at >= ${span.from} and m.first_at < ${to}
          group by 1, 2`
          ).length,
      };
    },
  },
];
