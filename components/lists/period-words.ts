import type { ClockFormat } from "#components/words/clock-format.ts";
import type { Period } from "#domain/time/period.ts";

/** The days of a period in one line: `Fri 20 Nov 2026`, `Sun 25 Oct 2026 – Sat 21 Nov 2026`. */
export function periodWords(
  { from, to, firstDay, lastDay }: Period,
  face: Pick<ClockFormat, "calendarDay">,
): string {
  // A day has ended one moment before the next begins, however long it was.
  const last = face.calendarDay(to - 1);
  return firstDay === lastDay ? last : `${face.calendarDay(from)} – ${last}`;
}
