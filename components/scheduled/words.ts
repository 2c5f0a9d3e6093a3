import type { Tone } from "#components/ui/pill.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { localeSettings } from "#components/words/locale-settings.ts";
import type { RepeatedFrom, ScheduledMeeting } from "#domain/scheduled/scheduled.ts";
import type { RosterStanding } from "#domain/scheduled/standing.ts";
import type { StartOutcome } from "#domain/scheduled/start-verdict.ts";
import { weekFrom } from "#domain/viewer/viewer.ts";

interface Words {
  word: string;
  tone: Tone;
}

/** A person's standing in a word, while the meeting is in progress and when it is over. */
export function standingWords(standing: RosterStanding, isOver: boolean): Words {
  switch (standing) {
    case "present":
      return { word: "Present", tone: "present" };
    case "waiting":
      return { word: "Waiting", tone: "waiting" };
    case "late":
      return { word: "Late", tone: "lost" };
    case "expected":
      return { word: "Expected", tone: "plain" };
    case "left":
      return { word: isOver ? "Was here" : "Left", tone: isOver ? "present" : "plain" };
    case "not_admitted":
      return { word: "Not admitted", tone: "waiting" };
    case "absent":
      return { word: "Absent", tone: "lost" };
    default:
      return standing satisfies never;
  }
}

export const STANDING_FORMULAS: Record<RosterStanding, string> = {
  present: "In the room now.",
  waiting: "In the waiting room now.",
  late: "Not seen yet, and it is later than start + the limit for being late.",
  expected: "Not seen yet, and not late yet.",
  left: "Was in at or after the start, and is not in now.",
  not_admitted:
    "Waited, left before being admitted, and is not back. Providers do not say whether a host refused.",
  absent: "No-show: the scheduled end has passed, and they were never seen, waiting or in.",
};

export function outcomeWords(outcome: StartOutcome): Words {
  switch (outcome) {
    case "both":
      return { word: "Both here", tone: "present" };
    case "only_host":
      return { word: "Only host", tone: "host" };
    case "only_guest":
      return { word: "Only guest", tone: "lost" };
    case "someone_waiting":
      return { word: "Someone waiting", tone: "waiting" };
    case "nobody":
      return { word: "Nobody", tone: "lost" };
    default:
      return outcome satisfies never;
  }
}

/** `Fri 20 Nov 2026, 10:00 – 11:00`; an end on another day shows that day. */
export function timesWords(
  { startsAt, endsAt }: Pick<ScheduledMeeting, "startsAt" | "endsAt">,
  face: ClockFormat,
): string {
  return `${face.calendarDay(startsAt)}, ${hoursWords({ startsAt, endsAt }, face)}`;
}

/** `10:00 – 11:00`, `23:00 – 00:30, 21 November`. */
export function hoursWords(
  { startsAt, endsAt }: Pick<ScheduledMeeting, "startsAt" | "endsAt">,
  face: ClockFormat,
): string {
  const isSameDay = face.calendarDay(startsAt) === face.calendarDay(endsAt);
  const { bare } = face;
  return `${bare.minute(startsAt)} – ${bare.minute(endsAt)}${isSameDay ? "" : `, ${face.day(endsAt)}`}`;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** `every week on Mon, Wed, until 2026-12-18` */
export function weeklyWords({
  weekdays,
  lastDay,
}: Pick<RepeatedFrom, "weekdays" | "lastDay">): string {
  const days = weekFrom(localeSettings().firstDay)
    .filter((day) => weekdays.includes(day))
    .map((day) => WEEKDAYS[day - 1])
    .join(", ");
  return `every week on ${days}${lastDay === null ? "" : `, until ${lastDay}`}`;
}
