import { thresholdsIn } from "#domain/rooms/register/lens.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "#domain/rooms/register/thresholds.ts";
import type { Ms } from "#domain/time/ms.ts";
import { ApiError } from "#server/http/answer.ts";
import type { AskedParams } from "#server/http/asked.ts";
import { textIn, wholeNumberIn } from "#server/http/query.ts";

const LONGEST_MS = 999_999_999_999;

/** What a program's register is judged by, over what is kept. Throws 400 for what cannot be read. */
export function strictThresholdsIn(url: URL): (kept: Thresholds) => Thresholds {
  const [first] = thresholdsIn((name) => textIn(url, name), DEFAULT_THRESHOLDS).unreadable;
  if (first !== undefined) {
    const { name, unit, least, most } = first;
    const kind = unit === "percent" ? "a percentage" : "a whole number";
    throw new ApiError(400, `bad_${name}`, `${name} must be ${kind} from ${least} to ${most}.`);
  }
  return (kept) => thresholdsIn((name) => textIn(url, name), kept).thresholds;
}

/** What a page's register is judged by; what cannot be read is as it is kept. */
export function thresholdsAsked(asked: AskedParams, kept: Thresholds): Thresholds {
  const { thresholds, unreadable } = thresholdsIn((name) => asked.text(name), kept);
  for (const { name } of unreadable) asked.passOver(name, "What is kept for the room counts.");
  return thresholds;
}

/** The shortest meeting a program wants to hear of; `null` for any. Throws 400 for what is none. */
export function minDurationIn(url: URL): Ms | null {
  const ms = wholeNumberIn(url, "min_duration_ms", LONGEST_MS);
  return ms === 0 ? null : ms;
}
