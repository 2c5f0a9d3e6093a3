import { zonesMeantBy } from "#domain/zones/find.ts";

/** Zones such as somebody may have meant by what is the name of none, for the end of a sentence. */
export function zoneAdvice(text: string): string {
  const meant = zonesMeantBy(text, Date.now());
  return meant.length === 0 ? "Europe/Berlin" : meant.join(" or ");
}
