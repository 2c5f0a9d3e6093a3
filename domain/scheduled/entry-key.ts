import { foldName } from "#domain/identity/name.ts";
import type { ExpectedPerson } from "./scheduled.ts";

type Entry = Pick<ExpectedPerson, "position" | "name" | "userId" | "email">;

/**
 * The key of each line of a roster, by position: the user id, else address and name, else the folded name,
 * numbered for namesakes. It stays the same while other lines are edited.
 */
export function entryKeys(roster: readonly Entry[]): Map<number, string> {
  const given = new Map<string, number>();
  const keys = new Map<number, string>();
  for (const { position, name, userId, email } of roster.toSorted(
    (a, b) => a.position - b.position,
  )) {
    const key =
      userId !== null
        ? `u:${userId}`
        : email !== null
          ? `e:${foldName(email) ?? ""} ${foldName(name) ?? ""}`
          : `n:${foldName(name) ?? ""}`;
    const nth = (given.get(key) ?? 0) + 1;
    given.set(key, nth);
    keys.set(position, nth === 1 ? key : `${nth} ${key}`);
  }
  return keys;
}

/** A further name or id of a person on a roster, as an operator entered it. */
export interface RosterAlias {
  /** The line it belongs to, by its key in `entryKeys`. */
  entry: string;
  knownBy: "user_id" | "name";
  /** The user id, or the folded name. */
  value: string;
  /** Their name in the meeting when it was entered. */
  seenAs: string | null;
  by: string;
}

/** Aliases by the position of their line; those without a line on the roster any more are left out. */
export function aliasesByPosition(
  roster: readonly Entry[],
  aliases: readonly RosterAlias[],
): Map<number, RosterAlias[]> {
  const byEntry = Map.groupBy(aliases, ({ entry }) => entry);
  const found = new Map<number, RosterAlias[]>();
  if (aliases.length === 0) return found;
  for (const [position, key] of entryKeys(roster)) {
    const own = byEntry.get(key);
    if (own !== undefined) found.set(position, own);
  }
  return found;
}
