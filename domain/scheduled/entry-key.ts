import { foldName } from "#domain/identity/name.ts";
import type { ExpectedPerson } from "./scheduled.ts";

type Entry = Pick<ExpectedPerson, "position" | "name" | "userId" | "email">;

/**
 * What tells everybody of a roster from the others, by position: their user id, else address and name, else the
 * folded name, of namesakes with which of them. It stays while a roster is edited around them.
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

/** What somebody on a roster is also known by, as an operator said. */
export interface RosterAlias {
  /** Whom of the roster it is of, as `entryKeys` has it. */
  entry: string;
  knownBy: "user_id" | "name";
  /** The user id, or the folded name. */
  value: string;
  /** As they were called when it was said. */
  seenAs: string | null;
  by: string;
}

/** Aliases by the position of whom they are of; those of nobody on the roster any more are left out. */
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
