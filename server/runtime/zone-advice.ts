import { zonesMeantBy } from "#domain/zones/find.ts";

/** Zones that may be meant by a text that names none, as the end of a sentence. */
export function zoneAdvice(text: string): string {
  const meant = zonesMeantBy(text, Date.now());
  return meant.length === 0 ? "Europe/Berlin" : meant.join(" or ");
}
