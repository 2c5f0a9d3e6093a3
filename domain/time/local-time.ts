import type { Ms } from "./ms.ts";
import type { OffsetAt } from "./period.ts";
import { formatUtc, parseUtc } from "./time.ts";

/** The moments of a local time: one, two where clocks are set back, or none. */
export type LocalTime =
  | { kind: "once"; at: Ms }
  /** Clocks are set back over it: it comes before and again after. */
  | { kind: "twice"; first: Ms; second: Ms }
  /** Clocks are put forward over it, from one time of the day to another, as `HH:MM`. */
  | { kind: "never"; from: string; to: string };

const DAY_MS: Ms = 86_400_000;

/**
 * The moments at which clocks show a day (`YYYY-MM-DD`) and a time (`HH:MM`); `null` for texts of another
 * form.
 */
export function atLocal(day: string, time: string, offsetAt: OffsetAt): LocalTime | null {
  const local = parseUtc(`${day}T${time}:00.000Z`);
  if (local === null || formatUtc(local) !== `${day}T${time}:00.000Z`) return null;
  // No zone is a day ahead or behind, and none changes twice in two days.
  const offsets = [offsetAt(local - DAY_MS), offsetAt(local + DAY_MS)];
  const [low, high] = [local - Math.max(...offsets), local - Math.min(...offsets)];
  const shown = [...new Set([low, high])].filter((at) => at + offsetAt(at) === local);
  const [first, second] = shown;
  if (first !== undefined && second !== undefined) return { kind: "twice", first, second };
  if (first !== undefined) return { kind: "once", at: first };
  const turn = turnBetween(low, high, offsetAt);
  return {
    kind: "never",
    from: timeOf(turn + offsetAt(turn - 1)),
    to: timeOf(turn + offsetAt(turn)),
  };
}

/** The day and the time that clocks show at a moment, as `YYYY-MM-DD` and `HH:MM`. */
export function localOf(at: Ms, offsetAt: OffsetAt): { day: string; time: string } {
  const local = at + offsetAt(at);
  return { day: formatUtc(local).slice(0, 10), time: timeOf(local) };
}

/** How far ahead of UTC clocks are, as `+02:00`. */
export function offsetWords(ms: Ms): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${ms < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The moment after `low`, at `high` at the latest, from which clocks are ahead as they are at `high`. */
export function turnBetween(low: Ms, high: Ms, offsetAt: OffsetAt): Ms {
  let [before, at] = [low, high];
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (offsetAt(middle) === offsetAt(high)) at = middle;
    else before = middle;
  }
  return at;
}

function timeOf(local: Ms): string {
  return formatUtc(local).slice(11, 16);
}
