import type { Ms } from "./ms.ts";

/** The earlier of two moments, of which either may be missing. */
export function earlierOf(a: Ms | null, b: Ms | null): Ms | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

/** The later of two moments, of which either may be missing. */
export function laterOf(a: Ms | null, b: Ms | null): Ms | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
