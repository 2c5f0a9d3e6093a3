import { knownZones } from "#domain/zones/known.ts";

/** The zones to choose from: the likely ones first, each once. */
export function zonesFrom(likely: readonly (string | null)[]): string[] {
  return [...new Set([...likely.filter((zone) => zone !== null), ...knownZones()])];
}

/** The city of a zone, as people name it: `New York` of `America/New_York`. */
export function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}
