import { type KnownBy, personIdentityOf } from "#domain/identity/person-identity.ts";
import type { RegisterEntry, RegisterFacts } from "./facts.ts";

const PREFIXES = { user_id: "u", name: "n" } as const;

/** How an entry's person is identified over several meetings; `nothing` for a guest without a name. */
export type KnownInRegister = KnownBy | "operator" | "list" | "nothing";

/** One person over several meetings. */
export interface RegisterPerson {
  /**
   * `u:<user id>`, `n:<folded name>` or `c:<meeting>:<person>`; `u2:…`, `n2:…` for the second at the same
   * time; `l:<position>` for a person on a class list; `j:<id>` for a person an operator joined.
   */
  key: string;
  knownBy: KnownInRegister;
  userId: string | null;
  /** 1, or which of several at the same time. */
  nth: number;
  /**
   * Two people of that name, or of that id, were in one meeting: which of them is which in others is not
   * known.
   */
  ambiguous: boolean;
  /** By meeting: several for one person only where an operator joined them. */
  entries: Map<string, [RegisterEntry, ...RegisterEntry[]]>;
}

/**
 * Who is who over several meetings of one source, by identity and by operators' links. Two of one name in
 * one meeting are two, unless they were joined: then there are as many rows of that name as were ever in
 * one meeting, filled in order of appearance, and all are marked as ambiguous. A guest without a name stays
 * a row of that one meeting. A function of the set of entries.
 */
export function attendeesOf({
  entries,
  userIdsLast,
}: Pick<RegisterFacts, "entries" | "userIdsLast">): RegisterPerson[] {
  const rowsByPerson = new Map<string, RegisterPerson[]>();
  // Rows of a name are filled in order, so the first free one is the number of entries the meeting has
  // so far.
  const countByRow = new Map<string, number>();
  for (const entry of entries.toSorted(byAppearance)) {
    const { prefix, of, knownBy } = rowOf(entry, userIdsLast);
    const userId = userIdsLast ? entry.userId : null;
    const rows = rowsByPerson.get(`${prefix}:${of}`) ?? [];
    rowsByPerson.set(`${prefix}:${of}`, rows);
    const inMeeting = `${entry.meetingId} ${prefix}:${of}`;
    const before = countByRow.get(inMeeting) ?? 0;
    countByRow.set(inMeeting, before + 1);
    const free = rows[entry.joined === null ? before : 0];
    if (free !== undefined) {
      const others = free.entries.get(entry.meetingId);
      if (others === undefined) free.entries.set(entry.meetingId, [entry]);
      else others.push(entry);
      free.userId ??= userId;
      continue;
    }
    rows.push({
      nth: rows.length + 1,
      // The number goes first: at the end it could be part of a name.
      key: `${prefix}${rows.length === 0 ? "" : rows.length + 1}:${of}`,
      knownBy,
      userId,
      ambiguous: false,
      entries: new Map([[entry.meetingId, [entry]]]),
    });
  }
  return [...rowsByPerson.values()].flatMap((rows) =>
    rows.length === 1 ? rows : rows.map((row) => ({ ...row, ambiguous: true })),
  );
}

/**
 * The identity of an entry's person: the same as over all meetings of the source. A guest without a name
 * belongs to one meeting alone.
 */
export function rowOf(
  entry: Pick<RegisterEntry, "meetingId" | "personId" | "userId" | "nameKey" | "joined">,
  userIdsLast: boolean,
): { prefix: string; of: string; knownBy: KnownInRegister } {
  if (entry.joined !== null) return { prefix: "j", of: entry.joined.id, knownBy: "operator" };
  const identity = personIdentityOf(entry, userIdsLast);
  if (identity !== null) return { prefix: PREFIXES[identity.knownBy], ...identity };
  return { prefix: "c", of: `${entry.meetingId}:${entry.personId}`, knownBy: "nothing" };
}

/** First join first, those who only waited last, then in a fixed order. */
function byAppearance(a: RegisterEntry, b: RegisterEntry): number {
  const order = (a.firstJoinedAt ?? Infinity) - (b.firstJoinedAt ?? Infinity);
  if (order !== 0 && !Number.isNaN(order)) return order;
  if (a.meetingId !== b.meetingId) return a.meetingId < b.meetingId ? -1 : 1;
  return a.personId < b.personId ? -1 : a.personId > b.personId ? 1 : 0;
}
