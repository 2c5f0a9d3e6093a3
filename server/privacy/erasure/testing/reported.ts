import { sql } from "drizzle-orm";
import type { Database } from "#db/connection/client.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { storedRows } from "#server/ingest/testing/projected-rows.ts";

/** What a provider can report of it, with names and ids that nobody else in the database has. */
export function reported(
  events: readonly MeetingEvent[],
  run: number,
  bot: boolean,
): MeetingEvent[] {
  return events.flatMap((event): MeetingEvent[] => {
    if (!("participantId" in event) || event.type === "presence_ruled") {
      return "ruling" in event || (bot && event.type.startsWith("meeting_")) ? [] : [event];
    }
    if (event.type === "updated" && !bot) return [];
    if (bot && ["knocked", "stopped_waiting"].includes(event.type)) return [];
    const { name, userId, participantId } = event;
    const isProgram = name?.includes("Otter") || name?.includes("Notetaker");
    const own = isProgram || !name?.trim() ? name : named(name, run);
    const user = userId === null ? null : `${userId}-${run}`;
    return [{ ...event, participantId: `${participantId}-${run}`, userId: user, name: own }];
  });
}

function named(name: string, run: number): string {
  return name === "iPhone" ? `iPhone 7${run}` : `${name} Quibble${run}`;
}

/** All numbers of a source, and of its people everything but who they are. */
export async function foundNumbers(database: Database, sourceId: string) {
  const rows = await storedRows(database, sourceId);
  const [days] = await database.orm.execute(sql`
    select json_agg(d order by d) as days from (
      select r.key, m.first_at / 86400000 as day, sum(m.people_count) as people, sum(m.people_lost_count) as lost,
        sum(m.waits_left_count) as waits, sum(m.people_left_count) as left, max(m.peak_count) as peak, count(*) as meetings
      from meetings m join rooms r on r.id = m.room_id
      where m.source_id = ${sourceId} and m.merged_into is null group by 1, 2) d`);
  const [sums] = await database.orm.execute(sql`
    select count(*) filter (where meetings > 0) as people, sum(meetings) as meetings, sum(attended_ms) as attended,
      sum(wait_count) as waits, sum(admitted_ms) as waited from people where source_id = ${sourceId}`);
  const without = (row: Record<string, unknown>, others: readonly string[]) =>
    JSON.stringify(row, (key, value) => (others.includes(key) ? undefined : value));
  const who = ["personId", "name", "nameKey", "userId", "participantId", "participantIds"];
  return {
    ...{ days, sums },
    meetings: rows.map(({ tally: { recent: _, ...tally }, people, waits }) => ({
      tally,
      people: people.map((row) => without(row, [...who, "identifiedBy"])).toSorted(),
      waits: waits.map((row) => without(row, who)).toSorted(),
    })),
  };
}
