import { v7 as uuid } from "uuid";
import type { Transaction } from "#db/connection/session.ts";
import type { ChosenEvent } from "#db/scheduled/calendar/calendar-events.ts";
import {
  changeTaken,
  type FromCalendar,
  insertTaken,
  noteTaken,
  type TakenMeeting,
  takenFrom,
} from "#db/scheduled/calendar/taking.ts";
import {
  type FollowedPart,
  followed,
  type Marks,
  PARTS,
} from "#domain/scheduled/calendar/following.ts";
import {
  DEFAULT_LATE_AFTER_MS,
  DEFAULT_VERDICT_AFTER_MS,
  LONGEST_SCHEDULED_MS,
} from "#domain/scheduled/scheduled.ts";
import type { Ms } from "#domain/time/ms.ts";
import { marksOfEvent, marksOfTaken, rosterOf, titleOf } from "./marks.ts";

/** What became of a meeting of a calendar. */
export interface TookMeeting {
  id: string;
  called: string;
  made: boolean;
  /** What was changed in one that was taken before. */
  changed: FollowedPart[];
  people: number;
}

export interface TakeOptions {
  /** How whoever does it is called. */
  by: string;
  /** The zone in which times are shown. */
  timeZone: string;
  now: Ms;
}

/** Whether a meeting of a calendar can be expected here: it has an address, and lasts no longer than a day. */
function canBeTaken({ place, startsAt, endsAt }: ChosenEvent): boolean {
  return place !== null && endsAt > startsAt && endsAt - startsAt <= LONGEST_SCHEDULED_MS;
}

/**
 * Takes meetings of the calendars of a source, as they are there: those that are not expected yet, or were withdrawn, and
 * what an operator changed by hand in those that are. To take the same again changes nothing.
 */
export async function takeEvents(
  tx: Transaction,
  sourceId: string,
  events: readonly ChosenEvent[],
  { by, timeZone, now }: TakeOptions,
): Promise<TookMeeting[]> {
  const can = events.filter(canBeTaken);
  const taken = await takenFrom(
    tx,
    sourceId,
    can.map(({ meeting }) => meeting),
  );
  const took: TookMeeting[] = [];
  for (const event of can) {
    const current = taken.get(event.meeting);
    const roster = rosterOf(event);
    const theirs = marksOfEvent(event);
    const title = titleOf(event);
    const one = { called: title ?? event.place ?? "", people: roster.length };
    if (current === undefined) {
      if (event.isCancelled) continue;
      const id = uuid();
      const { startsAt, endsAt, meeting: calendarKey, place } = event;
      const row = {
        ...{ id, sourceId, room: place ?? "", title, startsAt, endsAt, timeZone, calendarKey },
        ...{ lateAfterMs: DEFAULT_LATE_AFTER_MS, verdictAfterMs: DEFAULT_VERDICT_AFTER_MS },
        ...{ by, changedAt: now, calendarTaken: theirs },
      };
      if (await insertTaken(tx, row, roster)) took.push({ ...one, id, made: true, changed: [] });
      continue;
    }
    if (current.erasedAt !== null) continue;
    const mine = marksOfTaken(current);
    const isBack = current.withdrawnAt !== null;
    const changed = PARTS.filter((part) => isBack || mine[part] !== theirs[part]);
    if (changed.length > 0) {
      const changes = changesOf(event, changed, theirs, now);
      const back = isBack ? { withdrawnAt: null } : {};
      await changeTaken(tx, current, { ...changes, ...back }, by, now);
    }
    took.push({ ...one, id: current.id, made: isBack, changed: isBack ? [] : changed });
  }
  return took;
}

/**
 * Has what was taken follow its calendar, but for what an operator changed by hand; what was withdrawn or erased stays as
 * it is. Answers what was changed.
 */
export async function followEvents(
  tx: Transaction,
  sourceId: string,
  events: readonly ChosenEvent[],
  { by, now }: Pick<TakeOptions, "by" | "now">,
): Promise<TookMeeting[]> {
  const taken = await takenFrom(
    tx,
    sourceId,
    events.map(({ meeting }) => meeting),
  );
  const changed: TookMeeting[] = [];
  for (const event of events) {
    const current = taken.get(event.meeting);
    if (current === undefined || isOutOfIt(current)) continue;
    const before = current.calendarTaken;
    if (before === null) continue;
    // One that has no address any more, or lasts for days, stays where it was until that is so again.
    const theirs = canBeTaken(event)
      ? marksOfEvent(event)
      : { ...before, cancelled: marksOfEvent(event).cancelled };
    const { follow, taken: after } = followed(before, marksOfTaken(current), theirs);
    if (follow.length > 0) {
      await changeTaken(tx, current, changesOf(event, follow, after, now), by, now);
      const called = titleOf(event) ?? current.room;
      changed.push({ id: current.id, called, made: false, changed: follow, people: 0 });
    } else if (PARTS.some((part) => before[part] !== after[part])) {
      await noteTaken(tx, current.id, after);
    }
  }
  return changed;
}

function isOutOfIt({ withdrawnAt, erasedAt }: TakenMeeting): boolean {
  return withdrawnAt !== null || erasedAt !== null;
}

function changesOf(
  event: ChosenEvent,
  parts: readonly FollowedPart[],
  taken: Marks,
  now: Ms,
): FromCalendar {
  const is = new Set(parts);
  return {
    taken,
    ...(is.has("title") && { title: titleOf(event) }),
    ...(is.has("place") && event.place !== null && { room: event.place }),
    ...(is.has("times") && { startsAt: event.startsAt, endsAt: event.endsAt }),
    ...(is.has("people") && { roster: rosterOf(event) }),
    ...(is.has("cancelled") && { cancelledAt: event.isCancelled ? now : null }),
  };
}
