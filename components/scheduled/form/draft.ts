import { ClockFormat } from "#components/words/clock-format.ts";
import type { Commas } from "#domain/scheduled/reading.ts";
import { weekdayOf } from "#domain/scheduled/repeating.ts";
import {
  DEFAULT_LATE_AFTER_MS,
  DEFAULT_VERDICT_AFTER_MS,
  type ScheduledMeeting,
} from "#domain/scheduled/scheduled.ts";
import { atLocal, type LocalTime, localOf, offsetWords } from "#domain/time/local-time.ts";
import type { Ms } from "#domain/time/ms.ts";
import { addDays, isDay } from "#domain/time/period.ts";
import { formatUtc } from "#domain/time/time.ts";
import type { RosterReadingChoice } from "./roster-choices.ts";

/** The values of the form, as they were typed. */
export interface Draft {
  title: string;
  source: string;
  room: string;
  day: string;
  from: string;
  to: string;
  timeZone: string;
  /** Where a time comes twice that night, whether the second is meant. */
  fromSecond: boolean;
  toSecond: boolean;
  lateMinutes: string;
  verdictMinutes: string;
  /** The id of the class list; empty where the roster is its own. */
  classList: string;
  roster: string;
  said: RosterReadingChoice;
  /** Every week on these days, 1 for Monday, until a day; and whether the later meetings are changed too. */
  repeats: boolean;
  weekdays: readonly number[];
  until: string;
  following: boolean;
}

/** A fault of a draft: in which field, and for the roster in which line. */
export interface DraftFault {
  field: string;
  line: number | null;
  message: string;
}

export const NOTHING_SAID: RosterReadingChoice = {
  columns: null,
  heading_line: null,
  commas: null,
};

const MINUTE_MS: Ms = 60_000;
const HOUR_MS: Ms = 60 * MINUTE_MS;

/** A draft for the next full hour. */
export function newDraft(now: Ms, timeZone: string, source: string, room: string): Draft {
  const next = Math.ceil(now / HOUR_MS) * HOUR_MS;
  const offsetAt = offsetIn(timeZone);
  const { day, time } = localOf(next, offsetAt);
  return {
    title: "",
    source,
    room,
    day,
    from: time,
    to: localOf(next + HOUR_MS, offsetAt).time,
    timeZone,
    fromSecond: false,
    toSecond: false,
    lateMinutes: String(DEFAULT_LATE_AFTER_MS / MINUTE_MS),
    verdictMinutes: String(DEFAULT_VERDICT_AFTER_MS / MINUTE_MS),
    classList: "",
    roster: "",
    said: NOTHING_SAID,
    repeats: false,
    weekdays: [],
    until: "",
    following: true,
  };
}

/** A draft with the values of a scheduled meeting. */
export function draftOf(
  scheduled: ScheduledMeeting,
  roster: { text: string; commas: Commas | null },
): Draft {
  const offsetAt = offsetIn(scheduled.timeZone);
  const from = localOf(scheduled.startsAt, offsetAt);
  const to = localOf(scheduled.endsAt, offsetAt);
  const isSecond = (at: Ms, time: LocalTime | null) => time?.kind === "twice" && time.second === at;
  return {
    title: scheduled.title ?? "",
    source: scheduled.source.id,
    room: scheduled.room,
    day: from.day,
    from: from.time,
    to: to.time,
    timeZone: scheduled.timeZone,
    fromSecond: isSecond(scheduled.startsAt, atLocal(from.day, from.time, offsetAt)),
    toSecond: isSecond(scheduled.endsAt, atLocal(to.day, to.time, offsetAt)),
    lateMinutes: String(scheduled.lateAfterMs / MINUTE_MS),
    verdictMinutes: String(scheduled.verdictAfterMs / MINUTE_MS),
    classList: scheduled.classList?.id ?? "",
    roster: scheduled.classList === null ? roster.text : "",
    said: { ...NOTHING_SAID, commas: roster.commas },
    repeats: scheduled.repeats !== null,
    weekdays: scheduled.repeats?.weekdays ?? [],
    until: scheduled.repeats?.lastDay ?? "",
    following: scheduled.repeats === null,
  };
}

/** When a draft begins and ends. An end not after the start is on the day after. */
export interface DraftTimes {
  from: LocalTime | null;
  to: LocalTime | null;
  isOverMidnight: boolean;
}

export function timesOf({ day, from, to, timeZone }: Draft): DraftTimes {
  const offsetAt = offsetIn(timeZone);
  const isOverMidnight = from !== "" && to !== "" && to <= from && isDay(day);
  return {
    from: isDay(day) ? atLocal(day, from, offsetAt) : null,
    to: isDay(day) ? atLocal(isOverMidnight ? addDays(day, 1) : day, to, offsetAt) : null,
    isOverMidnight,
  };
}

/** The two times it may mean where a time comes twice: `The first, UTC+02:00`, `The second, UTC+01:00`. */
export function repeatedTimeLabels(
  time: LocalTime & { kind: "twice" },
  timeZone: string,
): string[] {
  const offsetAt = offsetIn(timeZone);
  const offsetText = (at: Ms) => `UTC${offsetWords(offsetAt(at))}`;
  return [`The first, ${offsetText(time.first)}`, `The second, ${offsetText(time.second)}`];
}

/** The body for the API, or the faults of the draft. */
export type DraftResult = { body: Record<string, unknown> } | { faults: DraftFault[] };

export function bodyOf(draft: Draft, by: string): DraftResult {
  const faults: DraftFault[] = [];
  const { from, to } = timesOf(draft);
  if (!isDay(draft.day)) faults.push(fault("day", "choose a day"));
  const startsAt = momentOf("starts_at", from, draft.fromSecond, faults);
  const endsAt = momentOf("ends_at", to, draft.toSecond, faults);
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt) {
    faults.push(fault("ends_at", "must be after the start"));
  }
  if (draft.source === "") faults.push(fault("source", "choose a source"));
  if (draft.room.trim() === "") faults.push(fault("room", "is missing"));
  const late = minutesOf("late_after_ms", draft.lateMinutes, faults);
  const verdict = minutesOf("verdict_after_ms", draft.verdictMinutes, faults);
  if (faults.length > 0 || startsAt === null || endsAt === null) return { faults };
  return {
    body: {
      source: draft.source,
      room: draft.room,
      title: draft.title,
      starts_at: formatUtc(startsAt),
      ends_at: formatUtc(endsAt),
      tz: draft.timeZone,
      late_after_ms: late,
      verdict_after_ms: verdict,
      ...(draft.classList === ""
        ? { roster: draft.roster, reading: draft.said, class_list: null }
        : { class_list: draft.classList }),
      ...(draft.following && { repeat: repeatOf(draft) }),
      by,
    },
  };
}

function repeatOf({ repeats, weekdays, day, until }: Draft): object | null {
  if (!repeats) return null;
  const days = [...new Set([...weekdays, weekdayOf(day)])];
  return { weekdays: days, until: until === "" ? null : until };
}

/** The faults that the API found, from its answer. */
export function faultsIn(details: readonly unknown[]): DraftFault[] {
  return details.flatMap((one) => {
    if (typeof one !== "object" || one === null) return [];
    const field = "field" in one && typeof one.field === "string" ? one.field : "body";
    const line = "line" in one && typeof one.line === "number" ? one.line : null;
    const message = "message" in one && typeof one.message === "string" ? one.message : "";
    return [{ field, line, message }];
  });
}

function momentOf(
  field: string,
  time: LocalTime | null,
  second: boolean,
  faults: DraftFault[],
): Ms | null {
  switch (time?.kind) {
    case "once":
      return time.at;
    case "twice":
      return second ? time.second : time.first;
    case "never": {
      const message = `does not exist that day: clocks go from ${time.from} to ${time.to}`;
      faults.push(fault(field, message));
      return null;
    }
    case undefined:
      faults.push(fault(field, "choose a time"));
      return null;
    default:
      return time satisfies never;
  }
}

function minutesOf(field: string, text: string, faults: DraftFault[]): Ms {
  const minutes = Number(text);
  if (text.trim() === "" || !Number.isFinite(minutes) || minutes < 0 || minutes > 1440) {
    faults.push(fault(field, "must be minutes from 0 to 1440"));
    return 0;
  }
  return Math.round(minutes * MINUTE_MS);
}

function fault(field: string, message: string): DraftFault {
  return { field, line: null, message };
}

function offsetIn(timeZone: string): (at: Ms) => Ms {
  const face = ClockFormat.in(timeZone);
  return (at) => face.offsetMs(at);
}
