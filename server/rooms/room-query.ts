import { thresholdsIn } from "#domain/rooms/register/lens.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "#domain/rooms/register/thresholds.ts";
import { ApiError } from "#server/http/answer.ts";
import type { AskedParams } from "#server/http/asked.ts";
import { textIn } from "#server/http/query.ts";

/** The thresholds of a register in the API: the query's over the stored ones. Throws 400 for one that cannot be read. */
export function strictThresholdsIn(url: URL): (stored: Thresholds) => Thresholds {
  const [first] = thresholdsIn((name) => textIn(url, name), DEFAULT_THRESHOLDS).unreadable;
  if (first !== undefined) {
    const { name, unit, least, most } = first;
    const kind = unit === "percent" ? "a percentage" : "a whole number";
    throw new ApiError(400, `bad_${name}`, `${name} must be ${kind} from ${least} to ${most}.`);
  }
  return (stored) => thresholdsIn((name) => textIn(url, name), stored).thresholds;
}

/** The thresholds of a register on a page. For one that cannot be read the stored one counts. */
export function thresholdsAsked(asked: AskedParams, stored: Thresholds): Thresholds {
  const { thresholds, unreadable } = thresholdsIn((name) => asked.text(name), stored);
  for (const { name } of unreadable) asked.passOver(name, "What is kept for the room counts.");
  return thresholds;
}
