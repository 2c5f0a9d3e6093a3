/** Up to this many rows a list counts exactly. */
export const MOST_COUNTED = 10_000;

/** How many rows a list has over all its pages; `null` where there are more than it counts. */
export type Total = number | null;

/** From the rows found when one more than `MOST_COUNTED` were looked for. */
export function totalOf(found: number): Total {
  return found > MOST_COUNTED ? null : found;
}
