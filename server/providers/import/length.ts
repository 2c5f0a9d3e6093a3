import type { Ms } from "#domain/time/ms.ts";
import { either, unitCalled } from "./lexicon.ts";

/** A longer text is no length. */
const LONGEST = 64;
const NUMBER = /^\d{1,9}(?:\.\d{1,9})?$/;
const CLOCK = /^(?:(\d{1,5}):)?(\d{1,3}):(\d{2})$/;
const PART = /(\d{1,9})\s?(\p{L}{1,20})\.?,?\s?/gu;
const AND = new RegExp(`(?<=[\\p{L}.]) (?:${either(({ and }) => and)}) (?=\\d)`, "giu");

/**
 * How long `1h 2m 3s`, `58 min`, `1 Std. 5 Min.`, `0:14:55` or `62` is; a number alone counts `unit`.
 * `exactMs` is the smallest unit in the text. `null` for anything else.
 */
export function lengthIn(text: string, unit: Ms): { ms: Ms; exactMs: Ms } | null {
  if (text.length > LONGEST) return null;
  if (NUMBER.test(text)) return { ms: Number(text) * unit, exactMs: unit };
  const [, hours, minutes, seconds] = CLOCK.exec(text) ?? [];
  if (seconds !== undefined) {
    const ms = (Number(hours ?? 0) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    return { ms, exactMs: 1000 };
  }
  const lower = text.toLowerCase().replace(AND, " ");
  const parts = [...lower.matchAll(PART)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== lower) return null;
  let [ms, exactMs] = [0, Infinity];
  for (const [, count, name = ""] of parts) {
    const size = unitCalled(name);
    if (size === null) return null;
    ms += Number(count) * size;
    exactMs = Math.min(exactMs, size);
  }
  return { ms, exactMs };
}
