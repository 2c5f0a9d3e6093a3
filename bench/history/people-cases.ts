import { listPeople, type PeopleOrder } from "#db/people/people.ts";
import type { PeopleFilter } from "#db/people/people-filter.ts";
import { listAttended, personById } from "#db/people/person.ts";
import { type Case, momentIn, pick } from "./question.ts";

/** The list of people, and the meetings of one. */

const PAGE = 50;
const FOUR_WEEKS = 28 * 86_400_000;
const ANY: PeopleFilter = {
  source: null,
  room: null,
  q: null,
  from: null,
  to: null,
  longerThan: null,
};
const LAST: PeopleOrder = { sort: "last", order: "desc" };
const MOST: PeopleOrder = { sort: "meetings", order: "desc" };

export const peopleCases: readonly Case[] = [
  {
    name: "people-latest",
    draw: (past) => {
      const from = past.to - FOUR_WEEKS;
      return {
        ours: async (reader) =>
          (await listPeople(reader, { ...ANY, from }, LAST, null, PAGE)).map(
            ({ place: cursor, meetings }) => `${cursor.id} ${meetings}`,
          ),
        byHand: async (sql) =>
          (
            await sql`
          select p.id, p.name, s.* from (
            select id, name, last_at from people
            where part_of is null and meetings > 0 and last_at >= ${from}
            order by last_at desc, id desc limit ${PAGE}
          ) p cross join lateral (
            select count(distinct a.meeting_id)::int as meetings, sum(a.attended_ms) as attended,
              sum(a.wait_count) as waits, sum(a.admitted_ms) as admitted,
              (select count(distinct w.meeting_id) from waits w
                where w.identity = p.id and w.outcome = 'left' and not exists (
                  select from waits o where o.meeting_id = w.meeting_id and o.person_id = w.person_id
                    and (o.returned or o.outcome = 'came_back'))) as lost
            from attendances a where a.identity = p.id and a.first_at >= ${from}
          ) s order by p.last_at desc, p.id desc`
          ).map(({ id, meetings }) => `${id} ${meetings}`),
        fromEvents: async (sql) =>
          (
            await sql`
          select person_id, count(distinct meeting_id) as meetings, max(at) as last
          from events where at >= ${from} and person_id is not null
          group by person_id order by 3 desc limit ${PAGE}`
          ).length,
      };
    },
  },
  {
    name: "people-most-meetings-ever",
    draw: () => ({
      ours: async (reader) =>
        (await listPeople(reader, ANY, MOST, null, PAGE)).map(
          ({ place: cursor, meetings }) => `${cursor.id} ${meetings}`,
        ),
      byHand: async (sql) =>
        (
          await sql`
        select p.*, (select count(distinct w.meeting_id) from waits w
            where w.identity = p.id and w.outcome = 'left' and not exists (
              select from waits o where o.meeting_id = w.meeting_id and o.person_id = w.person_id
                and (o.returned or o.outcome = 'came_back'))) as lost
        from people p where part_of is null and meetings > 0
        order by meetings desc, id desc limit ${PAGE}`
        ).map(({ id, meetings }) => `${id} ${meetings}`),
      fromEvents: async (sql) =>
        (
          await sql`
        select person_id, count(distinct meeting_id) as meetings from events
        where person_id is not null group by person_id order by 2 desc limit ${PAGE}`
        ).length,
    }),
  },
  {
    name: "people-one",
    draw: (past, random) => {
      const [user, to] = [pick(past.users, random), momentIn(past, random)];
      const range = { from: to - FOUR_WEEKS, to, room: null, longerThan: null };
      return {
        ours: async (reader) => {
          // The page knows the id.
          const [own] = await past.database.sql<{ id: string }[]>`
            select id from people where user_id = ${user} limit 1`;
          const person = own ? await personById(reader, own.id) : null;
          if (person === null) return [];
          const rows = await listAttended(reader, person, range, null, PAGE);
          return rows.map(({ meetingId }) => meetingId);
        },
        byHand: async (sql) => {
          const [own] = await sql`select id from people where user_id = ${user} limit 1`;
          if (!own) return [];
          const id: string = own["id"];
          await sql`select p.*, c.* from people p join sources c on c.id = p.source_id where p.id = ${id}`;
          await sql`select * from aliases where identity = ${id}`;
          await sql`select * from people_links where one = ${id} or other = ${id}`;
          const rows = await sql`
            select m.id, r.key, r.title, m.status, m.started_at, m.ended_at, a.visits, a.waits, a.tenures
            from attendances a join meetings m on m.id = a.meeting_id join rooms r on r.id = m.room_id
            where a.identity = ${id} and a.first_at >= ${range.from} and a.first_at < ${to}
            order by a.first_at desc, a.meeting_id desc limit ${PAGE}`;
          return rows.map((row) => String(row["id"]));
        },
      };
    },
  },
];
