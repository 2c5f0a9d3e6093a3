import type { Ms } from "./event.ts";
import type { Interval } from "./interval.ts";
import type { MeetingStory } from "./meeting.ts";
import { attendedMs, type PersonStory } from "./story.ts";
import { occupiedOf, without } from "./timeline.ts";

/** How long the meeting lasted or lasts; `null` before it began. */
export function meetingMs(story: MeetingStory, now: Ms): Ms | null {
  if (story.startedAt === null) return null;
  return Math.max(0, (story.endedAt ?? now) - story.startedAt);
}

export function attendees(story: MeetingStory): PersonStory[] {
  return story.people.filter(({ firstJoinedAt }) => firstJoinedAt !== null);
}

/** The middle of all attended times; between the two middle ones where their number is even. */
export function medianStayMs(people: readonly PersonStory[], now: Ms): Ms | null {
  const stays = people.map((person) => attendedMs(person, now)).toSorted((a, b) => a - b);
  const low = stays[Math.floor((stays.length - 1) / 2)];
  const high = stays[Math.floor(stays.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** When people were there (in or waiting), and when of that without a host. */
export interface HostCover {
  occupied: Interval[];
  hostless: Interval[];
}

/** `null` where no host was ever reported. */
export function hostCover(people: readonly PersonStory[]): HostCover | null {
  const tenures = people.flatMap((person) => person.tenures);
  if (tenures.length === 0) return null;
  const occupied = occupiedOf(people);
  return { occupied, hostless: without(occupied, tenures) };
}

/** Who began to wait first among those who still do. */
export function longestWaitSince(story: MeetingStory): Ms | null {
  let since: Ms | null = null;
  for (const { waits } of story.people) {
    for (const { outcome, startedAt } of waits) {
      if (outcome === "waiting") since = Math.min(since ?? startedAt, startedAt);
    }
  }
  return since;
}

/** The people who left before they were admitted, and how they did. */
export interface Lost {
  left: number;
  short: number;
  cameBack: number;
  longestMs: Ms | null;
}

export function lostOf(story: MeetingStory): Lost {
  const lost: Lost = { left: 0, short: 0, cameBack: 0, longestMs: null };
  for (const { waits } of story.people) {
    const outcomes = new Set(waits.map(({ outcome }) => outcome));
    if (outcomes.has("came_back")) lost.cameBack += 1;
    else if (outcomes.has("left")) lost.left += 1;
    else if (outcomes.has("short")) lost.short += 1;
    for (const { outcome, startedAt, endedAt } of waits) {
      if (outcome !== "left" || endedAt === null) continue;
      lost.longestMs = Math.max(lost.longestMs ?? 0, endedAt - startedAt);
    }
  }
  return lost;
}

/** Waits counted for a service level with a target: who was admitted, and who left before that. */
export interface WaitCounts {
  admittedWithin: number;
  admittedAfter: number;
  leftWithin: number;
  leftAfter: number;
}

/**
 * What leaving before the target counts as: `neutral` leaves it out (admitted within ÷ (all admitted + left
 * after)), `success` counts it as served, `failure` as not served, and `ignored` leaves all who left out.
 */
export type LeavingCounts = "neutral" | "success" | "failure" | "ignored";

/** The share admitted within the target, 0 to 1; `null` where nobody counts. */
export function serviceLevel(
  { admittedWithin, admittedAfter, leftWithin, leftAfter }: WaitCounts,
  leaving: LeavingCounts = "neutral",
): number | null {
  const admitted = admittedWithin + admittedAfter;
  switch (leaving) {
    case "neutral":
      return ratio(admittedWithin, admitted + leftAfter);
    case "success":
      return ratio(admittedWithin + leftWithin, admitted + leftWithin + leftAfter);
    case "failure":
      return ratio(admittedWithin, admitted + leftWithin + leftAfter);
    case "ignored":
      return ratio(admittedWithin, admitted);
    default:
      return leaving satisfies never;
  }
}

/** Left before admitted ÷ all who began to wait, 0 to 1; `null` where nobody did. */
export function abandonmentRate(left: number, began: number): number | null {
  return ratio(left, began);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
