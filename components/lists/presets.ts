import { addDays, weekdayOf } from "#domain/time/period.ts";

/** A named range of days; `null` days are the page's default range. */
export interface Preset {
  name: string;
  from: string | null;
  to: string | null;
}

/** Rollcall is younger than this, so no meeting is older. */
const BEFORE_ALL = "2000-01-01";

/** The named ranges, as seen on a day (`YYYY-MM-DD`), whatever day weeks begin on. All are whole days. */
export function presetsOn(today: string, weekBegins: number): Preset[] {
  const monthStart = `${today.slice(0, 7)}-01`;
  const weekStart = addDays(today, -((weekdayOf(today) - weekBegins + 7) % 7));
  const lastMonthEnd = addDays(monthStart, -1);
  return [
    { name: "Last 28 days", from: null, to: null },
    { name: "Today", from: today, to: today },
    { name: "Yesterday", from: addDays(today, -1), to: addDays(today, -1) },
    { name: "Last 7 days", from: addDays(today, -6), to: today },
    { name: "This week", from: weekStart, to: today },
    { name: "Last week", from: addDays(weekStart, -7), to: addDays(weekStart, -1) },
    { name: "This month", from: monthStart, to: today },
    { name: "Last month", from: `${lastMonthEnd.slice(0, 7)}-01`, to: lastMonthEnd },
    { name: "Last 365 days", from: addDays(today, -364), to: today },
    { name: "All time", from: BEFORE_ALL, to: today },
  ];
}

/** The named range of these days; `null` where they are no named range. */
export function presetOf(
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
  today: string,
  weekBegins: number,
): Preset | null {
  const found = presetsOn(today, weekBegins).find(
    ({ from, to }) => (from ?? addDays(today, -27)) === firstDay && (to ?? today) === lastDay,
  );
  return found ?? null;
}
