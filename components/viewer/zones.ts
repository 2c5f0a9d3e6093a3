import { knownZones } from "#domain/zones/known.ts";

/** The zones to choose from: those that are likely first, each once. */
export function zonesFrom(likely: readonly (string | null)[]): string[] {
  return [...new Set([...likely.filter((zone) => zone !== null), ...knownZones()])];
}

/** `New York` of `America/New_York`: how people call where they are. */
export function placeOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}
