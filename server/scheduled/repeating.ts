import { database } from "#db/connection/client.ts";
import { addClassList } from "#db/scheduled/class-lists.ts";
import { endRepetition, repeatWeekly } from "#db/scheduled/repetitions.ts";
import type { Schedule } from "#db/scheduled/scheduled.ts";
import type { Weekly } from "#domain/scheduled/repeating.ts";
import type { Ms } from "#domain/time/ms.ts";
import { addDays } from "#domain/time/period.ts";
import type { Given } from "./given.ts";
import { ensureOccurrences } from "./occurrences.ts";
import { readScheduled } from "./read.ts";

/**
 * What was given, with the roster of what is to take place every week kept as a class list: all its meetings
 * are of the same people.
 */
export async function withListKept(
  given: Given,
  id: string | null,
  by: string,
  now: Ms,
): Promise<Given> {
  const { schedule, weekly } = given;
  if (!weekly || schedule.classListId) return given;
  const known = given.roster === null && id !== null ? await readScheduled(id) : null;
  if (known?.row.classList) return given;
  const roster = given.roster ?? known?.facts.roster ?? [];
  if (roster.length === 0) return given;
  const name = schedule.title ?? schedule.room;
  const classListId = await addClassList(database(), name.slice(0, 300), roster, by, now);
  return { ...given, roster: null, schedule: { ...schedule, classListId } };
}

/** Lets a scheduled meeting repeat as was said, this one and those after it; `null` ends it with this one. */
export async function repeat(
  id: string,
  weekly: Weekly | null | undefined,
  schedule: Schedule,
  by: string,
  now: Ms,
): Promise<void> {
  if (weekly === undefined) return;
  if (weekly === null) {
    const day = (await readScheduled(id))?.row.repeats?.day;
    if (day !== undefined) await endRepetition(database(), id, day);
    return;
  }
  const nextDay = addDays(weekly.firstDay, 1);
  await repeatWeekly(database(), id, weekly, { schedule, nextDay, by, now });
  await ensureOccurrences(now);
}
