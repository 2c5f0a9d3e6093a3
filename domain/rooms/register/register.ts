import { foldName } from "#domain/identity/name.ts";
import type { ExpectedPerson } from "#domain/scheduled/scheduled.ts";
import type { Ms } from "#domain/time/ms.ts";
import { earliestOf } from "./as-one.ts";
import {
  hasLeftEarly,
  isAttended,
  isLate,
  type MeetingBegun,
  type RegisterCell,
  registerCellOf,
} from "./cell.ts";
import { lengthOf, type RegisterEntry, type RegisterFacts, type RegisterMeeting } from "./facts.ts";
import { type Habit, habitOf } from "./habit.ts";
import { hostsApart, type Own, ownOf } from "./hosts-apart.ts";
import { attendeesOf, type KnownInRegister, type RegisterPerson } from "./identity.ts";
import { listedIn } from "./listed.ts";
import { type LessonStart, startOf } from "./start.ts";
import type { Thresholds } from "./thresholds.ts";

/** One meeting of a register, with the totals of its cells. */
export interface RegisterColumn extends RegisterMeeting {
  /** Up to now while it goes on; `null` where it never began. */
  lengthMs: Ms | null;
  /**
   * It is over, a person came in, it was long enough, and its people are known. Only such a meeting can be
   * missed.
   */
  held: boolean;
  /** Why it does not count; `null` where it does. */
  leftOut: LeftOut | null;
  /** From when people were late for it, and the source of that time. */
  start: LessonStart | null;
  /** How many participants count as attended; `null` where the people were erased. Hosts are counted apart. */
  attended: number | null;
  /** How many of the hosts shown apart attended. */
  hosts: number;
  late: number;
  leftEarly: number;
}

/** Why a meeting of a register does not count: see `whyLeftOut`. */
export type LeftOut = "going_on" | "erased" | "nobody" | "short";

/** One person over the meetings of a register. The counts and sums are of held meetings. */
export interface RegisterRow extends Habit {
  key: string;
  knownBy: KnownInRegister;
  /** Shown apart: no participant, never late or absent, and in none of their numbers. */
  isHost: boolean;
  userId: string | null;
  nth: number;
  ambiguous: boolean;
  /** Their latest name. */
  name: string | null;
  /** Their other names. */
  aliases: string[];
  /** Whether they are on the class list of the room, or a guest; `null` where it has none. */
  onList: boolean | null;
  /** One for each meeting, `null` where they were absent, or where it is not known. */
  cells: (RegisterCell | null)[];
  attended: number;
  attendedMs: Ms;
  /** Σ attended time ÷ Σ length of the held meetings, 0 to 1; `null` where there are none. */
  share: number | null;
  late: number;
  leftEarly: number;
  hosted: number;
  /** When they were last in, in any meeting. */
  lastSeenAt: Ms | null;
}

export interface Register {
  /** Oldest first. */
  meetings: RegisterColumn[];
  /** Participants, then guests, where there is a class list, then hosts; by name, then by key; those without a name last. */
  people: RegisterRow[];
}

/** A room's register: everyone who came in or waited × its meetings. A function of the set of facts. */
export function registerOf(facts: RegisterFacts, thresholds: Thresholds, now: Ms): Register {
  const meetings = facts.meetings.toSorted(
    (a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1),
  );
  const cameIn = new Set(
    facts.entries.flatMap(({ meetingId, firstJoinedAt }) =>
      firstJoinedAt === null ? [] : [meetingId],
    ),
  );
  const leftOut = meetings.map((meeting) =>
    whyLeftOut(meeting, cameIn.has(meeting.id), thresholds, now),
  );
  const held = leftOut.map((why) => why === null);
  const begun = withStarts(meetings, facts);
  const onList = new Map<RegisterPerson, ExpectedPerson | null>();
  for (const one of facts.list ? listedIn(facts, facts.list) : []) {
    onList.set(one.attendee, one.onList);
  }
  const attendees = facts.list ? [...onList.keys()] : attendeesOf(facts);
  const everyone = hostsApart(attendees.map((attendee) => ownOf(attendee, facts)));
  const people = everyone
    .map((own) => {
      const person = onList.get(own.attendee);
      // A person whom the list has as host is shown apart, with or without attendance.
      const isHost = own.isHost || person?.role === "host";
      const row = rowOf({ ...own, isHost }, begun, held, thresholds, now);
      return person === undefined ? row : named(row, person);
    })
    .toSorted((a, b) => rankOf(a) - rankOf(b) || byName(a, b));
  return {
    meetings: begun.map((meeting, index) =>
      columnOf(meeting, leftOut[index] ?? null, people, index, now),
    ),
    people,
  };
}

/** An attendee who is not on the class list; `null` where there is none. A host is no guest. */
export function isGuest({
  isHost,
  onList,
}: Pick<RegisterRow, "isHost" | "onList">): boolean | null {
  return onList === null ? null : !onList && !isHost;
}

/** Participants, guests, hosts. */
function rankOf({ isHost, onList }: Pick<RegisterRow, "isHost" | "onList">): number {
  return isHost ? 2 : Number(onList === false);
}

/** The name on the class list; the names in the meetings stay beside it. */
function named(row: RegisterRow, onList: ExpectedPerson | null): RegisterRow {
  if (onList === null) return { ...row, onList: false };
  const name = onList.name ?? row.name ?? onList.email ?? onList.userId;
  const aliases = [row.name, ...row.aliases].flatMap((one) =>
    one === null || foldName(one) === foldName(name) ? [] : [one],
  );
  return { ...row, name, aliases, onList: true };
}

/** The meetings with the start from which lateness counts. */
function withStarts(
  meetings: readonly RegisterMeeting[],
  { entries }: Pick<RegisterFacts, "entries">,
): MeetingBegun[] {
  const byMeeting = Map.groupBy(entries, ({ meetingId }) => meetingId);
  return meetings.map((meeting) => {
    const own = byMeeting.get(meeting.id) ?? [];
    const host = earliestOf(own.map(({ hostedFrom }) => hostedFrom));
    const first = earliestOf(own.map(({ firstJoinedAt }) => firstJoinedAt)) ?? meeting.startedAt;
    return { ...meeting, start: startOf(meeting.starts, { host, first }) };
  });
}

function whyLeftOut(
  meeting: RegisterMeeting,
  cameIn: boolean,
  { heldMs }: Thresholds,
  now: Ms,
): LeftOut | null {
  if (meeting.status !== "ended") return "going_on";
  if (meeting.erased) return "erased";
  if (!cameIn) return "nobody";
  return (lengthOf(meeting, now) ?? 0) < heldMs ? "short" : null;
}

function columnOf(
  meeting: MeetingBegun,
  leftOut: LeftOut | null,
  people: readonly RegisterRow[],
  index: number,
  now: Ms,
): RegisterColumn {
  let [attended, everyone, late, leftEarly] = [0, 0, 0, 0];
  for (const { cells, isHost } of people) {
    const cell = cells[index] ?? null;
    if (cell === null || !isAttended(cell)) continue;
    if (isHost) {
      everyone += 1;
      continue;
    }
    attended += 1;
    if (isLate(cell)) late += 1;
    if (hasLeftEarly(cell)) leftEarly += 1;
  }
  return {
    ...meeting,
    lengthMs: lengthOf(meeting, now),
    held: leftOut === null,
    leftOut,
    attended: meeting.erased ? null : attended,
    hosts: everyone,
    late,
    leftEarly,
  };
}

function rowOf(
  { attendee, entries, isHost }: Own,
  meetings: readonly MeetingBegun[],
  held: readonly boolean[],
  thresholds: Thresholds,
  now: Ms,
): RegisterRow {
  const cells = meetings.map((meeting) => {
    const own = entries.get(meeting.id);
    return own === undefined ? null : registerCellOf(own, meeting, { isHost, thresholds, now });
  });
  let [attended, attendedMs, wholeMs, late, leftEarly, hosted] = [0, 0, 0, 0, 0, 0];
  const came: boolean[] = [];
  for (const [index, meeting] of meetings.entries()) {
    if (!held[index]) continue;
    wholeMs += lengthOf(meeting, now) ?? 0;
    const cell = cells[index] ?? null;
    came.push(cell !== null && isAttended(cell));
    if (cell === null) continue;
    attendedMs += cell.attendedMs;
    if (cell.hosted) hosted += 1;
    if (isAttended(cell)) attended += 1;
    if (isLate(cell)) late += 1;
    if (hasLeftEarly(cell)) leftEarly += 1;
  }
  const { key, knownBy, userId, nth, ambiguous } = attendee;
  return {
    key,
    knownBy,
    isHost,
    userId,
    nth,
    ambiguous,
    onList: null,
    ...namesOf(meetings.flatMap(({ id }) => attendee.entries.get(id) ?? [])),
    cells,
    attended,
    attendedMs,
    share: wholeMs === 0 ? null : Math.min(1, attendedMs / wholeMs),
    late,
    leftEarly,
    hosted,
    lastSeenAt: lastSeenOf(cells, now),
    ...habitOf(came, thresholds),
  };
}

/** A person's names, from their entries in time order. */
function namesOf(entries: readonly RegisterEntry[]): { name: string | null; aliases: string[] } {
  const byFold = new Map<string, string>();
  for (const { name, nameKey } of entries) {
    const fold = nameKey ?? foldName(name);
    if (name === null || fold === null) continue;
    byFold.delete(fold);
    byFold.set(fold, name);
  }
  const names = [...byFold.values()].toReversed();
  return { name: names[0] ?? null, aliases: names.slice(1) };
}

/** When a person was last in: now, while they are. */
function lastSeenOf(cells: readonly (RegisterCell | null)[], now: Ms): Ms | null {
  const last = cells.findLast((cell) => cell !== null && cell.firstJoinedAt !== null) ?? null;
  return last === null ? null : (last.lastLeftAt ?? now);
}

function byName(a: RegisterRow, b: RegisterRow): number {
  const [one, other] = [foldName(a.name), foldName(b.name)];
  if (one !== other) {
    if (one === null || other === null) return one === null ? 1 : -1;
    return one < other ? -1 : 1;
  }
  if (a.nth !== b.nth) return a.nth - b.nth;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
