/** Up to so many rows a list says exactly how many it has. */
export const MOST_COUNTED = 10_000;

/** How many rows a list has over all its pages; `null` where they are more than are counted. */
export type Total = number | null;

/** From how many were found when no more than one above `MOST_COUNTED` were looked for. */
export function totalOf(found: number): Total {
  return found > MOST_COUNTED ? null : found;
}
