import type { Interval } from "#domain/time/interval.ts";
import { intervalsWithout } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { hostedAtMost, type Tenure } from "./host.ts";
import type { MeetingView } from "./meeting.ts";
import type { MeetingSoFar } from "./moment.ts";
import { occupiedOf } from "./occupancy.ts";
import { attendedMs, type PersonView } from "./person-view.ts";
import { uncertainPresenceOf } from "./unheard.ts";
import type { Wait } from "./wait.ts";

/** How long the meeting lasted or lasts; `null` before it began. */
export function meetingMs(view: Pick<MeetingView, "startedAt" | "endedAt">, now: Ms): Ms | null {
  if (view.startedAt === null) return null;
  return Math.max(0, (view.endedAt ?? now) - view.startedAt);
}

export function attendees(view: Pick<MeetingSoFar, "people">): PersonView[] {
  return view.people.filter(({ firstJoinedAt }) => firstJoinedAt !== null);
}

/** The middle of all attended times; between the two middle ones where their number is even. */
export function medianStayMs(people: readonly PersonView[], now: Ms): Ms | null {
  // As plain numbers they sort many times faster than by a comparison.
  const stays = new Float64Array(people.map((person) => attendedMs(person, now))).sort();
  const low = stays[Math.floor((stays.length - 1) / 2)];
  const high = stays[Math.floor(stays.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** The fields of a person that show whether there was a host, and whether one was needed. */
type Hosting = Pick<
  PersonView,
  "presence" | "waits" | "tenures" | "participants" | "visits" | "isHost" | "status"
>;

/** When people were there (in or waiting), and when of that without a host. */
export interface HostCover {
  occupied: Interval[];
  hostless: Interval[];
  /** A host's leave was not reported: the time without a host may have been longer. */
  isAtMost: boolean;
}

/** `null` where the provider never reported host roles. */
export function hostCover(people: readonly Hosting[], graceMs: Ms): HostCover | null {
  if (!areHostRolesReported(people)) return null;
  const occupied = occupiedOf(people);
  const hosted = people.flatMap((person) => hostedAtMost(person, graceMs));
  const isAtMost = people.some((person) => person.isHost && uncertainPresenceOf(person).length > 0);
  return { occupied, hostless: intervalsWithout(occupied, hosted), isAtMost };
}

/**
 * When a person was in or waiting and no one was host, in time order: union(presence ∪ waits of everybody)
 * − union(tenures of everybody, each person's joined over gaps ≤ grace).
 *
 * So a host who reconnects within the grace leaves none. An interval in which the provider only reported
 * that a role changed, or in which a host's leave was not reported, counts as hosted. `null` where the
 * provider never reported host roles.
 */
export function hostless(people: readonly Hosting[], graceMs: Ms): Interval[] | null {
  return hostCover(people, graceMs)?.hostless ?? null;
}

/** Whether the provider reported for any person that they are host, or are not: some never do. */
export function areHostRolesReported(people: readonly Pick<PersonView, "participants">[]): boolean {
  return people.some(({ participants }) =>
    participants.some(({ hostMarks }) => hostMarks.length > 0),
  );
}

/** How long people were there before the first host was. */
export interface TimeToFirstHost {
  ms: Ms;
  /** The provider only reported that the role changed somewhere in the interval with which hosting begins. */
  inferred: boolean;
}

/**
 * From the first moment a person was in or waiting to the first at which one was host: max(0, min(from of
 * all tenures) − min(from of all presence and waits)). A host without a later event has a beginning and no
 * length. `null` where no one ever was host.
 */
export function timeToFirstHost(people: readonly Hosting[]): TimeToFirstHost | null {
  let firstAt = Infinity;
  let first: Tenure | null = null;
  for (const person of people) {
    const { presence, waits, tenures } = person;
    firstAt = Math.min(firstAt, presence[0]?.from ?? Infinity, waits[0]?.startedAt ?? Infinity);
    const unheard = person.isHost ? uncertainPresenceOf(person)[0] : undefined;
    const own = tenures[0] ?? (unheard && { ...unheard, inferred: false });
    if (own !== undefined && (first === null || isBefore(own, first))) first = own;
  }
  if (first === null) return null;
  return { ms: Math.max(0, first.from - firstAt), inferred: first.inferred };
}

/** At one moment the certain tenure goes before the inferred one. */
function isBefore(one: Tenure, other: Tenure): boolean {
  return one.from < other.from || (one.from === other.from && !one.inferred && other.inferred);
}

/** The start of the longest wait that still goes on. */
export function longestWaitSince(view: Pick<MeetingSoFar, "people">): Ms | null {
  let since: Ms | null = null;
  for (const { waits } of view.people) {
    for (const { outcome, startedAt } of waits) {
      if (outcome === "waiting") since = Math.min(since ?? startedAt, startedAt);
    }
  }
  return since;
}

/** The waits of all people in a meeting, for the wait metrics. */
export function waitsOf(view: Pick<MeetingSoFar, "people">): Wait[] {
  return view.people.flatMap(({ waits }) => waits);
}
