import type { Sql } from "#db/connection/client.ts";
import { listMeetingRows, type MeetingOrder } from "#db/meetings/meetings.ts";
import { countWaitsByMeeting } from "#db/waits/waiting.ts";
import { ANY, FOUR_WEEKS, ids } from "./meeting-cases.ts";
import { type Case, momentIn, pick } from "./question.ts";

/** The page of meetings, by its orders and filters. */

const PAGE = 51;

const NEWEST: MeetingOrder = { sort: "started", order: "desc" };
const FULLEST: MeetingOrder = { sort: "people", order: "desc" };

export const listedCases: readonly Case[] = [
  {
    name: "page-of-four-weeks",
    draw: (past, random) => {
      const [to, source] = [momentIn(past, random), pick(past.sources, random)];
      const filter = { ...ANY, source, from: to - FOUR_WEEKS, to };
      return {
        ours: async (reader) => ids(await listMeetingRows(reader, filter, NEWEST, null, PAGE)),
        byHand: async (sql) =>
          ids(
            await sql`
          select m.*, r.key, r.title, s.name, s.provider
          from meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
          where m.merged_into is null and m.source_id = ${source}
            and m.first_at >= ${filter.from} and m.first_at < ${to}
          order by m.first_at desc, m.id desc limit ${PAGE}`,
          ),
      };
    },
  },
  {
    name: "page-by-people",
    draw: () => ({
      ours: async (reader) => ids(await listMeetingRows(reader, ANY, FULLEST, null, PAGE)),
      byHand: async (sql) =>
        ids(
          await sql`
          select m.*, r.key, r.title, s.name, s.provider
          from meetings m join rooms r on r.id = m.room_id join sources s on s.id = m.source_id
          where m.status = 'ended' and m.merged_into is null
          order by m.people_count desc, m.first_at desc, m.id desc limit ${PAGE}`,
        ),
      fromEvents: async (sql) =>
        (
          await sql`
          select meeting_id, count(distinct person_id) as people, min(at) as first_at
          from events group by meeting_id order by 2 desc, 3 desc limit ${PAGE}`
        ).length,
    }),
  },
  {
    name: "page-waits",
    draw: (past, random) => {
      const from = momentIn(past, random);
      const pageOfMeetings = (sql: Sql) =>
        sql<{ id: string }[]>`
          select id from meetings where merged_into is null and first_at <= ${from}
          order by first_at desc, id desc limit ${PAGE}`;
      return {
        ours: async (reader) => {
          const meetings = await pageOfMeetings(past.database.sql);
          const rows = await countWaitsByMeeting(reader, ids(meetings));
          return rows.map(({ meetingId, count }) => `${meetingId} ${count.began}`).toSorted();
        },
        byHand: async (sql) => {
          const meetings = await pageOfMeetings(sql);
          const rows = await sql<{ meetingId: string; began: number }[]>`
            select meeting_id as "meetingId", count(*)::int as began,
              count(*) filter (where outcome = 'admitted') as admitted,
              sum(ended_at - started_at) filter (where outcome = 'admitted') as waited
            from waits where meeting_id in ${sql(ids(meetings))} group by 1`;
          return rows.map(({ meetingId, began }) => `${meetingId} ${began}`).toSorted();
        },
      };
    },
  },
];
