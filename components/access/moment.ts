import type { ClockFormat } from "#components/words/clock-format.ts";
import type { Ms } from "#domain/time/ms.ts";

/** `Wed 31 Mar 2027, 10:02` */
export function momentAt(at: Ms, clockFormat: ClockFormat): string {
  return `${clockFormat.calendarDay(at)}, ${clockFormat.bare.minute(at)}`;
}
