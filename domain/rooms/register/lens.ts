import type { Ms } from "#domain/time/ms.ts";
import type { RoomSettings } from "./settings.ts";
import { DEFAULT_THRESHOLDS, FEWEST_FOR_REGULARS, type Thresholds } from "./thresholds.ts";

const LONGEST_MS: Ms = 86_400_000;
const MOST_MEETINGS = 100;
/** In an address: minutes alone do not count as attended, where the room's own setting has a minimum. */
export const NONE = "none";

/** The form of a threshold in an address: shares in percent, durations in ms. */
export interface Parameter {
  name: string;
  unit: "ms" | "percent" | "meetings";
  least: number;
  most: number;
}

export const PARAMETERS: Record<keyof Thresholds, Parameter> = {
  heldMs: { name: "held_ms", unit: "ms", least: 0, most: LONGEST_MS },
  lateMs: { name: "late_ms", unit: "ms", least: 0, most: LONGEST_MS },
  earlyMs: { name: "early_ms", unit: "ms", least: 0, most: LONGEST_MS },
  share: { name: "share", unit: "percent", least: 0, most: 100 },
  attendedMs: { name: "attended_ms", unit: "ms", least: 0, most: LONGEST_MS },
  regularShare: { name: "regular_share", unit: "percent", least: 1, most: 100 },
  regularLast: {
    name: "regular_last",
    unit: "meetings",
    least: FEWEST_FOR_REGULARS,
    most: MOST_MEETINGS,
  },
  missed: { name: "missed", unit: "meetings", least: 1, most: MOST_MEETINGS },
};

export const THRESHOLD_KEYS = [
  "heldMs",
  "lateMs",
  "earlyMs",
  "share",
  "attendedMs",
  "regularShare",
  "regularLast",
  "missed",
] as const satisfies (keyof Thresholds)[];

/** The default thresholds, replaced by those that were set for a room. */
export function storedThresholds(settings: Pick<RoomSettings, "thresholds"> | null): Thresholds {
  return { ...DEFAULT_THRESHOLDS, ...settings?.thresholds };
}

/** The thresholds of an address; a missing or unreadable one has its stored value. */
export function thresholdsIn(
  get: (name: string) => string | null,
  stored: Thresholds,
): { thresholds: Thresholds; unreadable: Parameter[] } {
  const thresholds = { ...stored };
  const unreadable: Parameter[] = [];
  for (const key of THRESHOLD_KEYS) {
    const parameter = PARAMETERS[key];
    const text = get(parameter.name);
    if (text === null || text === "") continue;
    const value = numberIn(text, parameter);
    if (key === "attendedMs" && text === NONE) thresholds.attendedMs = null;
    else if (value === null) unreadable.push(parameter);
    else thresholds[key] = value;
  }
  return { thresholds, unreadable };
}

/** The thresholds for an address: `null` for one that has its stored value. */
export function paramsOfThresholds(
  thresholds: Thresholds,
  stored: Thresholds,
): Record<string, string | null> {
  return Object.fromEntries(
    THRESHOLD_KEYS.map((key) => [
      PARAMETERS[key].name,
      thresholds[key] === stored[key] ? null : (textOf(thresholds[key], key) ?? NONE),
    ]),
  );
}

/** A threshold as text in an address: a share in percent, with two decimals at most. */
export function textOf(value: number | null, key: keyof Thresholds): string | null {
  if (value === null) return null;
  return String(PARAMETERS[key].unit === "percent" ? Math.round(value * 10_000) / 100 : value);
}

function numberIn(text: string, { unit, least, most }: Parameter): number | null {
  const shape = unit === "percent" ? /^\d{1,3}(\.\d{1,2})?$/ : /^\d{1,12}$/;
  const value = Number(text);
  if (!shape.test(text) || value < least || value > most) return null;
  return unit === "percent" ? value / 100 : value;
}
