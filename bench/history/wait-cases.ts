import { listWaits, type WaitFilter } from "#db/reading/lists.ts";
import { type Case, momentIn, pick } from "./question.ts";

/** The list of waits. */

const PAGE = 25;
const FOUR_WEEKS = 28 * 86_400_000;

const ANY: WaitFilter = { outcome: null, room: null, from: null, to: null };

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
];
