import type { RecordingClient } from "#db/connection/client.ts";
import { addClassList } from "#db/scheduled/class-lists.ts";
import { endRepetition, repeatWeekly } from "#db/scheduled/repetitions.ts";
import type { Schedule } from "#db/scheduled/scheduled.ts";
import type { Weekly } from "#domain/scheduled/repeating.ts";
import type { Ms } from "#domain/time/ms.ts";
import { addDays } from "#domain/time/period.ts";
import type { Given } from "./given.ts";
import { readScheduled } from "./read.ts";

/**
 * Stores the roster of a weekly scheduled meeting as a class list, so that all its occurrences have the same
 * people. Returns what was given with the class list in place of the roster.
 */
export async function withStoredList(
  client: RecordingClient,
  given: Given,
  id: string | null,
  by: string,
  now: Ms,
): Promise<Given> {
  const { schedule, weekly } = given;
  if (!weekly || schedule.classListId) return given;
  const existing = given.roster === null && id !== null ? await readScheduled(id) : null;
  if (existing?.row.classList) return given;
  const roster = given.roster ?? existing?.facts.roster ?? [];
  if (roster.length === 0) return given;
  const name = schedule.title ?? schedule.room;
  const classListId = await addClassList(client, name.slice(0, 300), roster, by, now);
  return { ...given, roster: null, schedule: { ...schedule, classListId } };
}

/**
 * Repeats a scheduled meeting weekly from this one on. `null` ends the repetition here, `undefined` changes nothing.
 * Once that is committed, `ensureOccurrences` makes what is to follow.
 */
export async function repeat(
  client: RecordingClient,
  id: string,
  weekly: Weekly | null | undefined,
  schedule: Schedule,
  by: string,
  now: Ms,
): Promise<void> {
  if (weekly === undefined) return;
  if (weekly === null) {
    const day = (await readScheduled(id))?.row.repeats?.day;
    if (day !== undefined) await endRepetition(client, id, day);
    return;
  }
  const nextDay = addDays(weekly.firstDay, 1);
  await repeatWeekly(client, id, weekly, { schedule, nextDay, by, now });
}
