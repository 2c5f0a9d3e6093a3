import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Ms } from "#domain/event.ts";
import { entryKeys } from "#domain/history/expected/entry-key.ts";
import type { ExpectedPerson } from "#domain/history/expected/scheduled.ts";
import { list } from "./array.ts";
import type { Database } from "./client.ts";
import { numbered, rosterRows } from "./roster-rows.ts";
import { keptWords } from "./searching.ts";
import type { Transaction } from "./session.ts";

/** What somebody says of a meeting that is to take place. */
export interface Schedule {
  sourceId: string;
  room: string;
  title: string | null;
  startsAt: Ms;
  endsAt: Ms;
  timeZone: string;
  lateAfterMs: Ms;
  verdictAfterMs: Ms;
  /** Who is expected, where that is a class list; then it has no roster of its own. */
  classListId?: string | null;
}

export type Roster = readonly Omit<ExpectedPerson, "position">[];

/** What was held of the people of the room was erased, so that nothing can come of a roster for it. */
export class RoomErased extends Error {
  override name = "RoomErased";
}

/** Schedules a meeting; answers its id. Throws `RoomErased`. */
export async function addScheduled(
  database: Database,
  schedule: Schedule,
  roster: Roster,
  by: string,
  now: Ms,
): Promise<string> {
  const id = uuid();
  return database.transaction(async (tx) => {
    await refuseErased(tx, schedule);
    const { sourceId, room, title, startsAt, endsAt, timeZone } = schedule;
    await tx.execute(sql`
      insert into scheduled_meetings (id, source_id, room, title, starts_at, ends_at, time_zone,
        late_after_ms, verdict_after_ms, class_list_id, by, changed_at, words)
      values (${id}, ${sourceId}, ${room}, ${title}, ${startsAt}, ${endsAt}, ${timeZone},
        ${schedule.lateAfterMs}, ${schedule.verdictAfterMs}, ${schedule.classListId ?? null}, ${by},
        ${now}, ${keptWords(title, room)}::tsvector)`);
    await insertRoster(tx, id, roster);
    return id;
  });
}

/**
 * Says a scheduled meeting anew; what is `null` stays as it is. Answers whether there is such a meeting.
 * Throws `RoomErased`.
 */
export async function changeScheduled(
  database: Database,
  id: string,
  { schedule, roster }: { schedule: Schedule | null; roster: Roster | null },
  by: string,
  now: Ms,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const [known] = await tx.execute<{ sourceId: string; room: string; erased: boolean }>(sql`
      select source_id as "sourceId", room, erased_at is not null as erased
      from scheduled_meetings where id = ${id} and withdrawn_at is null for update`);
    if (known === undefined) return false;
    if (known.erased) throw new RoomErased(known.room);
    await refuseErased(tx, schedule ?? known);
    await tx.execute(sql`
      update scheduled_meetings set by = ${by}, changed_at = ${now},
        changed_alone = repetition_id is not null where id = ${id}`);
    if (schedule !== null) {
      const { sourceId, room, title, startsAt, endsAt, timeZone } = schedule;
      await tx.execute(sql`
        update scheduled_meetings set source_id = ${sourceId}, room = ${room}, title = ${title},
          starts_at = ${startsAt}, ends_at = ${endsAt}, time_zone = ${timeZone},
          late_after_ms = ${schedule.lateAfterMs}, verdict_after_ms = ${schedule.verdictAfterMs},
          words = ${keptWords(title, room)}::tsvector
        where id = ${id}`);
    }
    if (schedule?.classListId !== undefined) {
      await tx.execute(sql`
        update scheduled_meetings set class_list_id = ${schedule.classListId} where id = ${id}`);
    }
    if (roster !== null || (schedule?.classListId ?? null) !== null) {
      await tx.execute(sql`delete from expected_people where scheduled_id = ${id}`);
    }
    if (roster !== null) {
      // A roster of its own goes before a class list, which stays as it is for others.
      await tx.execute(sql`update scheduled_meetings set class_list_id = null where id = ${id}`);
      await insertRoster(tx, id, roster);
      const keys = [...entryKeys(numbered(roster)).values()];
      await tx.execute(sql`
        delete from roster_aliases where roster_id = ${id} and entry <> all(${list("text", keys)})`);
    }
    return true;
  });
}

/** Takes a scheduled meeting back, and lets go of whom it named. Answers whether there was one. */
export async function withdrawScheduled(
  database: Database,
  id: string,
  by: string,
  now: Ms,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const taken = await tx.execute(sql`
      update scheduled_meetings
      set withdrawn_at = ${now}, title = null, words = null, class_list_id = null, by = ${by}, changed_at = ${now}
      where id = ${id} and withdrawn_at is null returning id`);
    await tx.execute(sql`delete from expected_people where scheduled_id = ${id}`);
    await tx.execute(sql`delete from roster_aliases where roster_id = ${id}`);
    return taken.length > 0;
  });
}

/**
 * Brings back what was left out of what takes place every week, as the others of it are. Answers whether there was
 * such a one: what it was changed to for itself is forgotten, and what was said anew since knows nothing of it.
 * Throws `RoomErased`.
 */
export async function bringBack(
  database: Database,
  id: string,
  by: string,
  now: Ms,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const [known] = await tx.execute<{
      sourceId: string;
      room: string;
      title: string | null;
      classListId: string | null;
    }>(sql`
      select s.source_id as "sourceId", s.room, p.title, p.class_list_id as "classListId"
      from scheduled_meetings s join repetitions p on p.id = s.repetition_id
      where s.id = ${id} and s.withdrawn_at > p.changed_at and not s.changed_alone
        and (p.last_day is null or s.occurrence_day <= p.last_day) for update of s`);
    if (known === undefined) return false;
    await refuseErased(tx, known);
    const { room, title, classListId } = known;
    await tx.execute(sql`
      update scheduled_meetings set withdrawn_at = null, title = ${title}, class_list_id = ${classListId},
        words = ${keptWords(title, room)}::tsvector, by = ${by}, changed_at = ${now}
      where id = ${id}`);
    return true;
  });
}

/** Holds the room, so that whoever erases it comes before or after. */
async function refuseErased(
  tx: Transaction,
  { sourceId, room }: Pick<Schedule, "sourceId" | "room">,
): Promise<void> {
  const erased = await tx.execute<{ erased: boolean }>(sql`
    select erased_at is not null as erased from rooms
    where source_id = ${sourceId} and key = ${room} for share`);
  if (erased.some((known) => known.erased)) throw new RoomErased(room);
}

async function insertRoster(tx: Transaction, id: string, roster: Roster): Promise<void> {
  if (roster.length === 0) return;
  await tx.execute(sql`
    insert into expected_people (scheduled_id, position, name, name_key, user_id, email, role, words)
    ${rosterRows(id, roster)}`);
}
