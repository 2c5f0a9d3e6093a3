import {
  NONE,
  PARAMETERS,
  THRESHOLD_KEYS,
  textOf,
  thresholdsIn,
} from "#domain/rooms/register/lens.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "#domain/rooms/register/thresholds.ts";
import { ApiError } from "#server/http/answer.ts";
import type { AskedParams } from "#server/http/asked.ts";
import { text, textIn } from "#server/http/query.ts";

const MEANINGS: Record<keyof Thresholds, string> = {
  heldMs: "A meeting counts if it lasted at least this long",
  lateMs: "Late: came in more than this after late_from",
  earlyMs: "Left early: left for the last time more than this before it ended",
  share: "Attended: there for at least so many percent of the meeting",
  attendedMs: "Or for at least this long; none for no such minimum",
  regularShare: "A regular attended at least so many percent",
  regularLast: "Of so many meetings, the last ones",
  missed: "A regular who missed each of so many, the last ones, has not come lately",
};

/** The thresholds as parameters of an address. */
export const THRESHOLDS = Object.fromEntries(
  THRESHOLD_KEYS.map((key) => {
    const { name, unit, least: minimum, most: maximum } = PARAMETERS[key];
    const type = unit === "percent" ? ("number" as const) : ("integer" as const);
    const number = { type, minimum, maximum };
    const override = key === "attendedMs" ? { anyOf: [number, { const: NONE }] } : number;
    const usual = textOf(DEFAULT_THRESHOLDS[key], key) ?? NONE;
    const description = `${MEANINGS[key]}; the default is the room's, or ${usual}`;
    return [name, text.meta({ description, override })];
  }),
);

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
