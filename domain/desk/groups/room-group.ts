import { fits } from "#domain/access/sight.ts";
import type { WaitLimits } from "#domain/waits/wait-limits.ts";
import type { ActLink } from "./act-link.ts";
import type { OpeningHours } from "./opening-hours.ts";

/** Rooms that the house looks after together, under a name of its own; a room alone is a group of one. */
export interface RoomGroup {
  id: string;
  name: string;
  /** Of this source alone; `null` for the rooms of any. */
  sourceId: string | null;
  /** Patterns of which one fits the room's key or title, `*` for any text. */
  patterns: readonly string[];
  /** `null`: those of a less exact group count, and where there is none it is always open. */
  hours: OpeningHours | null;
  /** `null`: those of a less exact group count, else the target of whoever looks. */
  limits: WaitLimits | null;
  /** Where its rows lead; those of wider groups are offered too. */
  links: readonly ActLink[];
}

export const MOST_GROUPS = 200;
export const LONGEST_GROUP_NAME = 100;
export const MOST_GROUP_PATTERNS = 100;

interface RoomKnown {
  sourceId: string;
  key: string;
  title: string | null;
}

/** What counts in a room: its groups, the most exact first, and the first of their hours and limits. */
export interface RoomRules {
  groups: readonly RoomGroup[];
  hours: OpeningHours | null;
  limits: WaitLimits | null;
  links: readonly ActLink[];
}

/** What counts in a room. A name without `*` is more exact than any pattern, and a longer pattern than a shorter one. */
export function rulesOf(room: RoomKnown, groups: readonly RoomGroup[]): RoomRules {
  const own = groups
    .flatMap((group) => {
      const exactness = exactnessOf(room, group);
      return exactness === null ? [] : [{ group, exactness }];
    })
    .toSorted((a, b) => b.exactness - a.exactness || compare(a.group, b.group))
    .map(({ group }) => group);
  return {
    groups: own,
    hours: own.find(({ hours }) => hours !== null)?.hours ?? null,
    limits: own.find(({ limits }) => limits !== null)?.limits ?? null,
    links: own.flatMap(({ links }) => links),
  };
}

/** No pattern is so long. */
const EXACT = 1_000_000;

/** How much of a room's name a group says; `null` where it is not in it. */
function exactnessOf(
  { sourceId, key, title }: RoomKnown,
  { sourceId: of, patterns }: RoomGroup,
): number | null {
  if (of !== null && of !== sourceId) return null;
  const fitting = patterns.filter(
    (pattern) => fits(pattern, key) || (title !== null && fits(pattern, title)),
  );
  if (fitting.length === 0) return null;
  return Math.max(
    ...fitting.map((pattern) =>
      pattern.includes("*") ? pattern.replaceAll("*", "").length : EXACT,
    ),
  );
}

/** Of two that are as exact: one of a source before one of any, then by name. */
function compare(a: RoomGroup, b: RoomGroup): number {
  const bySource = Number(a.sourceId === null) - Number(b.sourceId === null);
  if (bySource !== 0) return bySource;
  return a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1;
}
