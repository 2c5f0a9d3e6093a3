import type { Period } from "#domain/time/period.ts";

/** The address of a person's page, with the same period. */
export function personHref(
  id: string,
  { firstDay, lastDay, timeZone }: Pick<Period, "firstDay" | "lastDay" | "timeZone">,
): string {
  return `/people/${id}?${new URLSearchParams({ from: firstDay, to: lastDay, tz: timeZone })}`;
}
