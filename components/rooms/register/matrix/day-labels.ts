import type { ClockFormat } from "#components/words/clock-format.ts";
import type { RegisterColumn } from "#domain/rooms/register/register.ts";
import { START_WORDS } from "./start-words.ts";

/** The label over a column of a register. */
export interface DayLabel {
  /** `2 Sep`; only `9` where the column before is of the same month. */
  day: string;
  /** `10:00`, where there is another meeting on that day. */
  time: string | null;
  /** `Wed 2 Sep 2026, 10:00` */
  whole: string;
  /** `Late counts from 10:00, as scheduled`; `null` where no person came. */
  lateFrom: string | null;
}

type Face = Pick<ClockFormat, "shortDay" | "minute" | "calendarDay">;

/**
 * The labels of columns side by side, oldest first. A meeting stands under the day of its first event, also
 * where it began after midnight; then the label says so.
 */
export function dayLabels(meetings: readonly RegisterColumn[], face: Face): DayLabel[] {
  const days = meetings.map(({ firstAt }) => face.calendarDay(firstAt));
  return meetings.map(({ firstAt, startedAt, start }, index) => {
    const day = face.shortDay(firstAt);
    const time = face.minute(startedAt ?? firstAt);
    const isSameMonth = monthOf(days[index]) === monthOf(days[index - 1]);
    const isShared = days[index] === days[index - 1] || days[index] === days[index + 1];
    const isNextDay = startedAt !== null && face.calendarDay(startedAt) !== days[index];
    return {
      day: isSameMonth ? (day.split(" ")[0] ?? day) : day,
      time: isShared ? time : null,
      whole: `${days[index]}, ${isNextDay ? `began ${face.shortDay(startedAt)} ` : ""}${time}`,
      lateFrom: start && `Late counts from ${face.minute(start.at)}, ${START_WORDS[start.by]}`,
    };
  });
}

/** The month in `Wed 2 Sep 2026` is `Sep 2026`. */
function monthOf(day: string | undefined): string | undefined {
  return day?.split(" ").slice(2).join(" ");
}
