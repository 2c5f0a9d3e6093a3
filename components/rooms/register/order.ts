import { finder } from "#domain/identity/search.ts";
import type { RegisterRow } from "#domain/rooms/register/register.ts";

/** What the people of a register can be sorted by. */
export const REGISTER_SORTS = ["name", "share", "late", "seen"] as const;
export type RegisterSort = (typeof REGISTER_SORTS)[number];

export const SORT_WORDS: Record<RegisterSort, string> = {
  name: "By name",
  share: "Least attended first",
  late: "Most often late first",
  seen: "Longest not seen first",
};

/** The order that an address asks for; by name where it names none, or an unknown one. */
export function registerSortIn(params: Pick<URLSearchParams, "get"> | null): RegisterSort {
  const asked = params?.get("sort");
  return REGISTER_SORTS.find((sort) => sort === asked) ?? "name";
}

/** The people with `text` in any of their names, or all of them, sorted; hosts stand last. */
export function seenRows(
  people: readonly RegisterRow[],
  sort: RegisterSort,
  text: string | null,
): RegisterRow[] {
  const ordered = orderedRows(people, sort, text);
  // Guests stay below the people of the class list, and hosts below both.
  const rank = ({ isHost, onList }: RegisterRow) => (isHost ? 2 : Number(onList === false));
  return ordered.toSorted((a, b) => rank(a) - rank(b));
}

/** `people` come sorted by name, and stay so among equals. */
function orderedRows(
  people: readonly RegisterRow[],
  sort: RegisterSort,
  text: string | null,
): RegisterRow[] {
  const isFound = finder(text);
  const found = people.filter(({ name, aliases }) => isFound(name, ...aliases));
  switch (sort) {
    case "name":
      return found;
    case "share":
      return found.toSorted((a, b) => (a.share ?? 0) - (b.share ?? 0));
    case "late":
      return found.toSorted((a, b) => b.late - a.late);
    case "seen":
      return found.toSorted((a, b) => (a.lastSeenAt ?? 0) - (b.lastSeenAt ?? 0));
    default:
      return sort satisfies never;
  }
}
