import { personIdentityOf } from "#domain/identity/person-identity.ts";
import type { PersonFigures } from "#domain/people/people.ts";
import { lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { AttendanceState, MeetingOfSource } from "./state.ts";

/**
 * The columns of `people` that are sums over attendances, and so move by the difference when one of them
 * changes.
 */
export type Sums = Pick<
  PersonFigures,
  | "meetings"
  | "namesakes"
  | "attendedMs"
  | "openCount"
  | "openSum"
  | "unknownMs"
  | "waitCount"
  | "admittedCount"
  | "admittedMs"
>;

/** A name of a person, with the difference in the number of its meetings. */
export interface AliasMove {
  nameKey: string;
  name: string;
  firstAt: Ms;
  lastAt: Ms;
  meetings: number;
}

/** The effect of changed attendances on one row of `people`. */
export interface Move extends Sums {
  id: string;
  sourceId: string;
  knownBy: "user_id" | "name";
  userId: string | null;
  firstAt: Ms;
  lastAt: Ms;
  aliases: AliasMove[];
  /** Something was withdrawn: differences are not enough, and the row is rebuilt from all their attendances. */
  anew: boolean;
}

/** An attendance that counts for a row of `people`. */
type Counted = AttendanceState & { identity: string; firstAt: Ms };

/**
 * The moves of `people` when one meeting's attendances change. All attendances of an identity are on both
 * sides: namesakes are always projected together.
 */
export function movesOf(
  meeting: MeetingOfSource,
  stored: readonly AttendanceState[],
  projected: readonly AttendanceState[],
): Move[] {
  const before = Map.groupBy(stored.filter(isCounted), ({ identity }) => identity);
  const after = Map.groupBy(projected.filter(isCounted), ({ identity }) => identity);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const move = moveOf(id, meeting, before.get(id) ?? [], after.get(id) ?? []);
    return move ?? [];
  });
}

function isCounted(row: AttendanceState): row is Counted {
  return row.identity !== null && row.firstAt !== null;
}

function moveOf(
  id: string,
  { sourceId, rules }: MeetingOfSource,
  before: readonly Counted[],
  after: readonly Counted[],
): Move | null {
  const [some] = [...after, ...before];
  const identity =
    some &&
    personIdentityOf(
      { ...some, userId: some.userIdShared ? null : some.userId },
      rules.userIdsLast,
    );
  if (!identity) return null;
  const stays = new Set(after.map(likeness));
  const anew = before.some((row) => !stays.has(likeness(row)));
  const existing = new Set(before.map(likeness));
  const fresh = after.filter((row) => !existing.has(likeness(row)));
  const sums = difference(sumsOf(after, rules), sumsOf(before, rules));
  if (!anew && fresh.length === 0 && Object.values(sums).every((sum) => sum === 0)) return null;
  const times = (anew ? [...before, ...after] : after).map(({ firstAt }) => firstAt);
  return {
    id,
    sourceId,
    knownBy: identity.knownBy,
    userId: identity.knownBy === "user_id" ? identity.of : null,
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
    aliases: aliasMoves(before, fresh),
    anew,
    ...sums,
  };
}

/** What must stay the same for differences to be enough. */
function likeness({ personId, firstAt, name, nameKey }: Counted): string {
  return JSON.stringify([personId, firstAt, name, nameKey]);
}

function sumsOf(rows: readonly Counted[], { graceMs }: MeetingOfSource["rules"]): Sums {
  const sum = (value: (row: Counted) => number) => rows.reduce((all, row) => all + value(row), 0);
  return {
    meetings: rows.length === 0 ? 0 : 1,
    namesakes: Math.max(0, rows.length - 1),
    ...attendedBy(rows, graceMs),
    unknownMs: sum(({ unknownMs }) => unknownMs),
    waitCount: sum(({ waitCount }) => waitCount),
    admittedCount: sum(({ admittedCount }) => admittedCount),
    admittedMs: sum(({ admittedMs }) => admittedMs),
  };
}

/** What the attendances of one name attended together: their union, because no one attends two hours in one. */
function attendedBy(
  rows: readonly Counted[],
  graceMs: Ms,
): Pick<Sums, "attendedMs" | "openCount" | "openSum"> {
  const [only, ...others] = rows;
  if (only !== undefined && others.length === 0) {
    const { attendedMs, openSince } = only;
    return { attendedMs, openCount: openSince === null ? 0 : 1, openSum: openSince ?? 0 };
  }
  const visits = rows.flatMap((row) => row.visits);
  const attended = union(
    visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt })),
    graceMs,
  );
  const open = attended.filter(({ to }) => to === null);
  return {
    attendedMs: lengthMs(
      attended.filter(({ to }) => to !== null),
      0,
    ),
    openCount: open.length,
    openSum: open.reduce((sum, { from }) => sum + from, 0),
  };
}

function difference(a: Sums, b: Sums): Sums {
  return combine(a, b, (one, other) => one - other);
}

function combine(a: Sums, b: Sums, by: (a: number, b: number) => number): Sums {
  return {
    meetings: by(a.meetings, b.meetings),
    namesakes: by(a.namesakes, b.namesakes),
    attendedMs: by(a.attendedMs, b.attendedMs),
    openCount: by(a.openCount, b.openCount),
    openSum: by(a.openSum, b.openSum),
    unknownMs: by(a.unknownMs, b.unknownMs),
    waitCount: by(a.waitCount, b.waitCount),
    admittedCount: by(a.admittedCount, b.admittedCount),
    admittedMs: by(a.admittedMs, b.admittedMs),
  };
}

/** New names only: a withdrawn one makes the row be rebuilt anyway. */
function aliasMoves(before: readonly Counted[], fresh: readonly Counted[]): AliasMove[] {
  const existing = new Set(before.map(({ nameKey }) => nameKey));
  const moves = new Map<string, AliasMove>();
  for (const { name, nameKey, firstAt } of fresh) {
    if (name === null || nameKey === null) continue;
    const meetings = existing.has(nameKey) ? 0 : 1;
    const move = { nameKey, name, firstAt, lastAt: firstAt, meetings };
    const other = moves.get(nameKey);
    moves.set(nameKey, other ? { ...joinAliases(other, move), meetings } : move);
  }
  return [...moves.values()];
}

/** The moves of many meetings combined, one per person, in the order in which rows are locked. */
export function byPerson(moves: readonly Move[]): Move[] {
  const people = new Map<string, Move>();
  for (const move of moves) {
    const other = people.get(move.id);
    people.set(move.id, other ? joinMoves(other, move) : move);
  }
  return [...people.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function joinMoves(a: Move, b: Move): Move {
  const aliases = new Map(a.aliases.map((alias) => [alias.nameKey, alias]));
  for (const alias of b.aliases) {
    const other = aliases.get(alias.nameKey);
    aliases.set(alias.nameKey, other ? joinAliases(other, alias) : alias);
  }
  return {
    ...a,
    ...combine(a, b, (one, other) => one + other),
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
    aliases: [...aliases.values()],
    anew: a.anew || b.anew,
  };
}

function joinAliases(a: AliasMove, b: AliasMove): AliasMove {
  return {
    ...later(a, b),
    firstAt: Math.min(a.firstAt, b.firstAt),
    meetings: a.meetings + b.meetings,
  };
}

/** The more recent of two names; at the same time the one that sorts last, byte by byte. */
export function later<Name extends { name: string; lastAt: Ms }>(a: Name, b: Name): Name {
  return (a.lastAt - b.lastAt || byBytes(a.name, b.name)) >= 0 ? a : b;
}

/** The order of two texts by the bytes of their UTF-8, as the database sorts them: by code points. */
function byBytes(a: string, b: string): number {
  const others = b[Symbol.iterator]();
  for (const one of a) {
    const other = others.next().value;
    if (other === undefined) return 1;
    const order = (one.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
    if (order !== 0) return order;
  }
  return others.next().done ? 0 : -1;
}
