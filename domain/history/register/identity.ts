import type { RegisterEntry, RegisterFacts } from "./facts.ts";

/**
 * What makes the people of several meetings one: the provider's user id, the same name (inferred), or
 * nothing, for a guest without a name.
 */
export type KnownBy = "user_id" | "name" | "nothing";

/** One person over several meetings: at most one entry of each. */
export interface Attendee {
  /** `u:<user id>`, `n:<folded name>` or `c:<meeting>:<person>`; `u2:…`, `n2:…` for the second of that at once. */
  key: string;
  knownBy: KnownBy;
  userId: string | null;
  /** 1, or which of those who were one at once. */
  nth: number;
  /** Two of that name, or of that id, were in one meeting: which of them is which in others is not known. */
  ambiguous: boolean;
  /** By meeting. */
  entries: Map<string, RegisterEntry>;
}

/**
 * Who is who over several meetings of one source.
 *
 * The same user id is the same person, where the provider's ids last. Without one, the same folded name
 * is, and a guest is never taken for somebody with a user id, whatever they are called. Two of one name in
 * one meeting are two: then there are as many rows of that name as were ever in one meeting, filled in the
 * order in which they appeared, and all of them are marked as ambiguous. A guest without a name stays a
 * row of that one meeting. A function of the set of entries.
 */
export function attendeesOf({
  entries,
  userIdsLast,
}: Pick<RegisterFacts, "entries" | "userIdsLast">): Attendee[] {
  const known = new Map<string, Attendee[]>();
  for (const entry of entries.toSorted(byAppearance)) {
    const { prefix, of, knownBy } = identityOf(entry, userIdsLast);
    const rows = known.get(`${prefix}:${of}`) ?? [];
    known.set(`${prefix}:${of}`, rows);
    const free = rows.find((row) => !row.entries.has(entry.meetingId));
    if (free !== undefined) {
      free.entries.set(entry.meetingId, entry);
      continue;
    }
    rows.push({
      nth: rows.length + 1,
      // The number goes before: behind it could be part of a name.
      key: `${prefix}${rows.length === 0 ? "" : rows.length + 1}:${of}`,
      knownBy,
      userId: knownBy === "user_id" ? entry.userId : null,
      ambiguous: false,
      entries: new Map([[entry.meetingId, entry]]),
    });
  }
  return [...known.values()].flatMap((rows) =>
    rows.length === 1 ? rows : rows.map((row) => ({ ...row, ambiguous: true })),
  );
}

function identityOf(
  { meetingId, personId, userId, nameKey }: RegisterEntry,
  userIdsLast: boolean,
): { prefix: string; of: string; knownBy: KnownBy } {
  if (userIdsLast && userId !== null) return { prefix: "u", of: userId, knownBy: "user_id" };
  if (nameKey !== null) return { prefix: "n", of: nameKey, knownBy: "name" };
  return { prefix: "c", of: `${meetingId}:${personId}`, knownBy: "nothing" };
}

/** Who came in first, those who only waited last, then in any order that is always the same. */
function byAppearance(a: RegisterEntry, b: RegisterEntry): number {
  const order = (a.firstJoinedAt ?? Infinity) - (b.firstJoinedAt ?? Infinity);
  if (order !== 0 && !Number.isNaN(order)) return order;
  if (a.meetingId !== b.meetingId) return a.meetingId < b.meetingId ? -1 : 1;
  return a.personId < b.personId ? -1 : a.personId > b.personId ? 1 : 0;
}
