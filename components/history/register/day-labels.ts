import type { ClockFace } from "#components/words/clock-face.ts";
import type { Ms } from "#domain/event.ts";
import type { RegisterColumn } from "#domain/history/register/register.ts";

/** What stands over a column of a register. */
export interface DayLabel {
  /** `2 Sep`; only `9` where the one before is of the same month. */
  day: string;
  /** `10:00`, where there is another meeting on that day. */
  time: string | null;
  /** `Wed 2 Sep 2026, 10:00` */
  whole: string;
}

type Face = Pick<ClockFace, "shortDay" | "minute" | "calendarDay">;

export function beginningOf({ startedAt, firstAt }: RegisterColumn): Ms {
  return startedAt ?? firstAt;
}

/** The labels of columns that stand side by side, oldest first. */
export function dayLabels(meetings: readonly RegisterColumn[], face: Face): DayLabel[] {
  const days = meetings.map((meeting) => face.calendarDay(beginningOf(meeting)));
  const short = meetings.map((meeting) => face.shortDay(beginningOf(meeting)));
  return meetings.map((meeting, index) => {
    const at = beginningOf(meeting);
    const day = short[index] ?? "";
    const isSameMonth = monthOf(days[index]) === monthOf(days[index - 1]);
    const isShared = days[index] === days[index - 1] || days[index] === days[index + 1];
    return {
      day: isSameMonth ? (day.split(" ")[0] ?? day) : day,
      time: isShared ? face.minute(at) : null,
      whole: `${days[index]}, ${face.minute(at)}`,
    };
  });
}

/** `Wed 2 Sep 2026` is of `Sep 2026`. */
function monthOf(day: string | undefined): string | undefined {
  return day?.split(" ").slice(2).join(" ");
}
