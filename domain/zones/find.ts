import type { Ms } from "#domain/time/ms.ts";
import { foldPlace } from "./fold.ts";
import { knownZones } from "./known.ts";
import { namingZones, offsetIn, type ZoneNames } from "./names.ts";
import { LARGE } from "./places.ts";

/** A longer text is no zone. */
const LONGEST = 100;

/**
 * The zones that may be meant, the likeliest first: `new york`, `kolk`, `IST`, `Germany`, `+5:30`. A zone
 * that `names` does not have yet is found by its own name alone.
 */
export function findZones(
  zones: readonly string[],
  query: string,
  names: ReadonlyMap<string, ZoneNames>,
): string[] {
  const asked = foldPlace(query.slice(0, LONGEST));
  if (asked === "") return [...zones];
  const ahead = offsetIn(query);
  const found = zones.flatMap((zone) => {
    const likelihood = howLikely(zone, asked, ahead, names.get(zone));
    return likelihood === null ? [] : [{ zone, likelihood, size: sizeOf(zone) }];
  });
  return found
    .toSorted((a, b) => a.likelihood - b.likelihood || a.size - b.size)
    .map(({ zone }) => zone);
}

const SIZES = new Map(LARGE.map((zone, at) => [zone, at]));

function sizeOf(zone: string): number {
  return SIZES.get(zone) ?? LARGE.length;
}

/** 0 for a whole name, 1 where words of a name begin so, 2 where they contain it. */
function howLikely(
  zone: string,
  asked: string,
  ahead: number | null,
  names: ZoneNames | undefined,
): 0 | 1 | 2 | null {
  const own = foldPlace(zone);
  const called = names?.called ?? [];
  if (own === asked || called.includes(asked)) return 0;
  if (ahead !== null && names?.aheadMin === ahead) return 0;
  const words = asked.split(" ");
  const text = ` ${[own, ...called].join(" ")}`;
  if (words.every((word) => text.includes(` ${word}`))) return 1;
  return words.every((word) => own.includes(word)) ? 2 : null;
}

/** The zones that a text which names no zone may have meant; for a sentence. */
export function zonesMeantBy(text: string, at: Ms): string[] {
  const zones = knownZones();
  const naming = namingZones(zones, "en", at);
  let step = naming.next();
  while (step.done !== true) step = naming.next();
  return findZones(zones, text, step.value).slice(0, 3);
}
