import type { Period } from "#domain/time/period.ts";

/** The page of a person, with the days that are looked at. */
export function personHref(
  id: string,
  { firstDay, lastDay, timeZone }: Pick<Period, "firstDay" | "lastDay" | "timeZone">,
): string {
  return `/people/${id}?${new URLSearchParams({ from: firstDay, to: lastDay, tz: timeZone })}`;
}
