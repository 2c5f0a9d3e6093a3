import type { Sureness } from "#domain/meeting/certainty.ts";
import { type Interval, lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { RosterAlias } from "./entry-key.ts";
import { type MatchedBy, matchRoster } from "./roster-match.ts";
import type { ExpectedPerson, Times } from "./scheduled.ts";
import { type SeenInMeeting, type SeenPerson, seenAt } from "./seen.ts";
import { cameLateBy, type RosterStanding, STANDINGS, standingOf } from "./standing.ts";
import { type StartVerdict, startVerdictOf } from "./start-verdict.ts";

/** The input for a scheduled meeting's attendance. */
export interface ExpectedFacts {
  times: Times;
  roster: readonly ExpectedPerson[];
  /** Further names and ids of its people, as operators entered them. */
  aliases: readonly RosterAlias[];
  /** All people of the meetings in its room and time. */
  seen: readonly SeenInMeeting[];
  graceMs: Ms;
  /** From then on nothing is known: it was cancelled, or no observer was sent to it. Absent where all is known. */
  knownUntil?: Ms | null;
}

/** What a person did at a scheduled meeting. */
export interface Sighting {
  meetingId: string;
  personId: string;
  /** Their name in the meeting. */
  seenAs: string | null;
  firstSeenAt: Ms;
  firstJoinedAt: Ms | null;
  /** `null` while in, and for one who was never in. */
  lastLeftAt: Ms | null;
  waitingSince: Ms | null;
  /** Time in, gaps up to the grace counted, within the scheduled time. */
  attendedMs: Ms;
  sureness: Sureness;
}

/** A line of the roster with what its person did. */
export interface ExpectedLine {
  person: ExpectedPerson;
  standing: RosterStanding;
  /** How long after the start they came in, where that was late. */
  lateByMs: Ms | null;
  matchedBy: MatchedBy | null;
  namesakes: boolean;
  sighting: Sighting | null;
}

/** A person who was there and not expected. */
export interface UnmatchedPerson {
  standing: RosterStanding;
  sighting: Sighting;
}

export type Counts = { [standing in RosterStanding]: number } & {
  /** Lines of the roster. */
  people: number;
  /** How many of those who came were late. */
  cameLate: number;
  unmatched: number;
};

export interface ExpectedAttendance {
  /** In the order of the roster. */
  lines: ExpectedLine[];
  /** By first appearance. */
  unmatched: UnmatchedPerson[];
  counts: Counts;
  /** `null` until it is due. */
  verdict: StartVerdict | null;
}

/** The attendance of a scheduled meeting by a moment: a function of its roster and of the people seen. */
export function expectedAttendanceOf(facts: ExpectedFacts, by: Ms): ExpectedAttendance {
  const { times, roster, graceMs, knownUntil = null } = facts;
  const now = knownUntil === null ? by : Math.min(by, knownUntil);
  const seen = seenAt(facts.seen, times, graceMs, now);
  const { matches, unmatched } = matchRoster(roster, seen, facts.aliases);
  const lines = roster.map((person): ExpectedLine => {
    const match = matches.get(person.position) ?? null;
    return {
      person,
      standing: standingOf(match?.seen ?? null, times, now),
      lateByMs: cameLateBy(match?.seen ?? null, times, now),
      matchedBy: match?.by ?? null,
      namesakes: match?.namesakes ?? false,
      sighting: match && sightingOf(match.seen, times, now),
    };
  });
  const others = unmatched.map((person) => ({
    standing: standingOf(person, times, now),
    sighting: sightingOf(person, times, now),
  }));
  const attendees = [
    ...roster.flatMap((line) => {
      const match = matches.get(line.position);
      return match ? [{ seen: match.seen, line }] : [];
    }),
    ...unmatched.map((person) => ({ seen: person, line: null })),
  ];
  return {
    lines,
    unmatched: others,
    counts: countsOf(lines, others.length),
    verdict: startVerdictOf(attendees, roster, times, now),
  };
}

function countsOf(lines: readonly ExpectedLine[], unmatched: number): Counts {
  const counts: Counts = {
    ...NONE,
    people: lines.length,
    cameLate: lines.filter(({ lateByMs }) => lateByMs !== null).length,
    unmatched,
  };
  for (const standing of STANDINGS) {
    counts[standing] = lines.filter((line) => line.standing === standing).length;
  }
  return counts;
}

const NONE = {
  present: 0,
  waiting: 0,
  late: 0,
  expected: 0,
  left: 0,
  not_admitted: 0,
  absent: 0,
};

function sightingOf(person: SeenPerson, times: Times, now: Ms): Sighting {
  const { presence, waits } = person;
  return {
    meetingId: person.meetingId,
    personId: person.personId,
    seenAs: person.name,
    firstSeenAt: person.firstSeenAt,
    firstJoinedAt: presence[0]?.from ?? null,
    lastLeftAt: presence.at(-1)?.to ?? null,
    waitingSince: waits.find(({ to }) => to === null)?.from ?? null,
    attendedMs: lengthMs(within(person.attended, times, now), now),
    sureness: person.sureness,
  };
}

/** The parts of the intervals in the scheduled time, up to now. */
function within(intervals: readonly Interval[], { startsAt, endsAt }: Times, now: Ms): Interval[] {
  const end = Math.min(endsAt, now);
  return intervals
    .map(({ from, to }) => ({ from: Math.max(from, startsAt), to: Math.min(to ?? end, end) }))
    .filter(({ from, to }) => to > from);
}
