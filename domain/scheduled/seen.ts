import { foldName } from "#domain/identity/name.ts";
import { type Sureness, surenessOf, type VisitEnds } from "#domain/meeting/certainty.ts";
import { type Tenure, withoutGaps } from "#domain/meeting/host.ts";
import type { Wait } from "#domain/meeting/wait.ts";
import { type Interval, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { begunBy, type Times } from "./scheduled.ts";

/** One stored person of one meeting. */
export interface SeenInMeeting {
  meetingId: string;
  personId: string;
  name: string | null;
  userId: string | null;
  visits: readonly VisitEnds[];
  waits: readonly Pick<Wait, "startedAt" | "endedAt">[];
  tenures: readonly Tenure[];
  /** For an attendance that an operator joined with others; `null` otherwise. */
  joined: JoinedPerson | null;
}

/** The joined person of several attendances, with every folded name and user id they have anywhere. */
export interface JoinedPerson {
  id: string;
  nameKeys: readonly string[];
  userIds: readonly string[];
}

/** A person seen at a scheduled meeting, over all meetings that were held for it. */
export interface SeenPerson {
  /** Where they were seen first: the meeting and their id there. */
  meetingId: string;
  personId: string;
  /** Their latest name. */
  name: string | null;
  /** All their folded names and user ids. */
  nameKeys: string[];
  userIds: string[];
  /** Their other names and ids, where an operator joined them with others. */
  elsewhere: { nameKeys: string[]; userIds: string[] };
  /** When they were in; and the same with gaps up to the grace closed. */
  presence: Interval[];
  attended: Interval[];
  /** How sure these times are. */
  sureness: Sureness;
  waits: Interval[];
  tenures: Tenure[];
  firstSeenAt: Ms;
}

/**
 * The people seen at a scheduled meeting by a moment, by first appearance. The meetings of its room that
 * lie in its time are taken together, as one that was left empty and begun again.
 *
 * A stay counts when it began before the end and reached beyond the start, so that a class that fills the
 * room before it is not part of it; a stay that still goes on counts from `LEAD_MS` before the start. Over
 * several meetings the same user id is one person, and so is the same folded name, unless two user ids or
 * one meeting show that they differ. Those whom an operator joined are one, also in one meeting.
 */
export function seenAt(
  rows: readonly SeenInMeeting[],
  times: Times,
  graceMs: Ms,
  now: Ms,
): SeenPerson[] {
  return groupsAt(rows, times, now).map((group) => personOf(group, graceMs));
}

/** The same people, each by their stays. */
export function groupsAt(rows: readonly SeenInMeeting[], times: Times, now: Ms): Stay[][] {
  if (begunBy([times], now).length === 0) return [];
  const came = rows.flatMap((row) => ofItsTime(row, times) ?? []).toSorted(byAppearance);
  const groups: Stay[][] = [];
  const joined = new Map<string, Stay[][]>();
  const users = new Map<string, Stay[][]>();
  const names = new Map<string, Stay[][]>();
  // An operator's correction goes before ids and names.
  for (const stay of came.toSorted((a, b) => byCorrection(a) - byCorrection(b))) {
    const { userId, nameKey } = stay;
    const joinedId = stay.row.joined?.id ?? null;
    const home =
      joinedId !== null
        ? groupsOf(joined, joinedId)[0]
        : (groupsOf(users, userId).find((group) => isElsewhere(group, stay)) ??
          groupsOf(names, nameKey).find((group) => isNamesake(group, stay)));
    const group = home ?? [];
    if (home === undefined) groups.push(group);
    group.push(stay);
    note(joined, joinedId, group);
    note(users, userId, group);
    note(names, nameKey, group);
  }
  return groups
    .map((group) => group.toSorted(byAppearance))
    .toSorted(([a], [b]) => (a && b ? byAppearance(a, b) : 0));
}

function byCorrection({ row }: Stay): number {
  return row.joined === null ? 1 : 0;
}

function groupsOf(index: ReadonlyMap<string, Stay[][]>, key: string | null): readonly Stay[][] {
  return key === null ? [] : (index.get(key) ?? []);
}

function note(index: Map<string, Stay[][]>, key: string | null, group: Stay[]): void {
  if (key === null) return;
  const groups = index.get(key) ?? [];
  if (!groups.includes(group)) groups.push(group);
  index.set(key, groups);
}

/** A stay of somebody that belongs to the time of a scheduled meeting. */
export interface Stay {
  row: SeenInMeeting;
  userId: string | null;
  nameKey: string | null;
  visits: VisitEnds[];
  waits: Interval[];
  from: Ms;
}

/** The stays of a person that belong to the time; `null` where none does. */
function ofItsTime(row: SeenInMeeting, { startsAt, endsAt }: Times): Stay | null {
  const belongs = ({ from, to }: Interval) => from < endsAt && (to === null || to > startsAt);
  const visits = row.visits.filter((visit) => belongs(spanOf(visit)));
  const waits = row.waits
    .map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt }))
    .filter(belongs);
  if (visits.length + waits.length === 0) return null;
  const from = Math.min(...[...visits.map(spanOf), ...waits].map((stay) => stay.from));
  return { row, userId: row.userId, nameKey: foldName(row.name), visits, waits, from };
}

function spanOf({ joinedAt, leftAt }: VisitEnds): Interval {
  return { from: joinedAt, to: leftAt };
}

function byAppearance(a: Stay, b: Stay): number {
  return a.from - b.from || (keyOf(a.row) < keyOf(b.row) ? -1 : 1);
}

function keyOf({ meetingId, personId }: SeenInMeeting): string {
  return `${meetingId} ${personId}`;
}

/** No person is two people of one meeting. */
function isElsewhere(group: readonly Stay[], { row }: Stay): boolean {
  return group.every((stay) => stay.row.meetingId !== row.meetingId);
}

function isNamesake(group: readonly Stay[], stay: Stay): boolean {
  const isOther = ({ userId }: Stay) =>
    userId !== null && stay.userId !== null && userId !== stay.userId;
  return isElsewhere(group, stay) && !group.some(isOther);
}

export function personOf(group: readonly Stay[], graceMs: Ms): SeenPerson {
  const rows = group.map(({ row }) => row);
  const visits = group.flatMap((stay) => stay.visits);
  const nameKeys = distinct(group.map(({ nameKey }) => nameKey));
  const userIds = distinct(group.map(({ userId }) => userId));
  const joined = rows.find((row) => row.joined !== null)?.joined ?? null;
  return {
    meetingId: rows[0]?.meetingId ?? "",
    personId: rows[0]?.personId ?? "",
    name: rows.findLast(({ name }) => name !== null)?.name ?? null,
    nameKeys,
    userIds,
    elsewhere: {
      nameKeys: (joined?.nameKeys ?? []).filter((name) => !nameKeys.includes(name)),
      userIds: (joined?.userIds ?? []).filter((id) => !userIds.includes(id)),
    },
    presence: union(visits.map(spanOf)),
    attended: union(visits.map(spanOf), graceMs),
    sureness: surenessOf(visits),
    waits: union(group.flatMap((stay) => stay.waits)),
    tenures: rows.flatMap(({ tenures }) => withoutGaps(tenures, graceMs)),
    firstSeenAt: Math.min(...group.map(({ from }) => from)),
  };
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
