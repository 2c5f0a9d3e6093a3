import type { Month } from "#domain/event/delivery.ts";

const WORDS = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** A month in words: October 2025. */
export function monthWords(month: Month): string {
  return WORDS.format(Date.parse(`${month}-01T00:00:00Z`));
}
