import { sightNow } from "#db/access/sight/seeing.ts";
import { type PersonRow, personById } from "#db/people/person.ts";
import {
  attendedBetween,
  type StatedAttendee,
  type StatedNow,
  statedNow,
} from "#db/people/statements/stated.ts";
import type { issueStatement, Statement } from "#db/people/statements/statements.ts";
import type { Orm } from "#db/sql/orm.ts";
import { isWhole, type Sight } from "#domain/access/sight.ts";
import {
  type StatedMeeting,
  type StatementFacts,
  statedAsOne,
  stateFacts,
  stateMeeting,
} from "#domain/people/statements/facts.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Period, periodOf } from "#domain/time/period.ts";
import { offsetIn } from "#server/http/period.ts";
import { shown } from "#server/http/shown.ts";

/** A statement is of at most so many meetings. */
export const MOST_MEETINGS = 500;

/** Why no statement was issued. */
export type StatementRefusal =
  /** No such person, or they were not there. */
  | "unknown"
  /** The meeting is in progress, so its facts may still change. */
  | "going_on"
  /** Several guests of one name were at one meeting, so it is not known which of them is meant. */
  | "ambiguous"
  | "too_many";

export type Issued =
  | { kind: "issued"; statement: Statement; isNew: boolean }
  | { kind: "refused"; reason: StatementRefusal };

/** How facts are read, and how a statement of them is stored. */
interface Issuer {
  orm: Orm;
  store: (
    facts: StatementFacts,
    made: Parameters<typeof issueStatement>[2],
  ) => ReturnType<typeof issueStatement>;
}

/** States what one person did in one meeting that has ended. The same facts give the same statement. */
export async function stateAttendance(
  { orm, store }: Issuer,
  named: StatedAttendee,
  madeBy: string,
  madeAt: Ms,
): Promise<Issued> {
  const [current] = await statedNow(orm, [named]);
  if (current === undefined) return { kind: "refused", reason: "unknown" };
  if (current.meeting.status !== "ended") return { kind: "refused", reason: "going_on" };
  const facts = factsOfOne(current);
  const of = { roomIds: [current.roomId], madeAt, madeBy, sight: sightOfMaker() };
  const issued = await store(facts, of);
  return { kind: "issued", ...issued };
}

/** States what a person did over days, in those meetings of the days that have ended. */
export async function stateDays(
  { orm, store }: Issuer,
  personId: string,
  period: Period,
  madeBy: string,
  madeAt: Ms,
): Promise<Issued> {
  const person = await personById(orm, personId);
  if (person === null) return { kind: "refused", reason: "unknown" };
  const current = await statedBetween(orm, person, period);
  if (current.length > MOST_MEETINGS) return { kind: "refused", reason: "too_many" };
  if (!isOnePerson(person) && meetingsOf(current).some((all) => all.length > 1)) {
    return { kind: "refused", reason: "ambiguous" };
  }
  const roomIds = [...new Set(current.map(({ roomId }) => roomId))];
  const facts = factsOfDays(person, current, period);
  const of = { roomIds, madeAt, madeBy, sight: sightOfMaker() };
  const issued = await store(facts, of);
  return { kind: "issued", ...issued };
}

/** What whoever makes a statement sees, as it is stored with it. */
function sightOfMaker(): Sight | null {
  const sight = sightNow();
  return isWhole(sight) ? null : sight;
}

/** The facts of today for the person and the meetings or days of earlier facts. */
export async function restate(
  { orm }: Pick<Issuer, "orm">,
  stated: StatementFacts,
): Promise<StatementFacts> {
  const { person, period } = stated;
  if (period === null) {
    const [current] = await statedNow(orm, stated.meetings.flatMap(namedIn));
    return current === undefined
      ? { ...stated, meetings: [], attended_ms: 0 }
      : factsOfOne(current);
  }
  const { first_day, last_day, time_zone } = period;
  const row = person.id === null ? null : await personById(orm, person.id);
  if (row === null) return { ...stated, meetings: [], attended_ms: 0 };
  const days = periodOf(first_day, last_day, time_zone, offsetIn(time_zone));
  return factsOfDays(row, await statedBetween(orm, row, days), days);
}

function namedIn({ meeting_id: meetingId, participant_ids }: StatedMeeting): StatedAttendee[] {
  const [participantId] = participant_ids;
  return participantId === undefined ? [] : [{ meetingId, participantId }];
}

async function statedBetween(orm: Orm, { rowId }: PersonRow, period: Period): Promise<StatedNow[]> {
  return statedNow(orm, await attendedBetween(orm, rowId, period, MOST_MEETINGS + 1));
}

function factsOfOne({ meeting, person }: StatedNow): StatementFacts {
  const { isDemo } = meeting;
  const whom = { id: null, name: person.name, userId: person.userId, isDemo };
  return shown(stateFacts(whom, [stateMeeting(meeting, person)], null));
}

/** The facts over days, with the person's current id and name. */
function factsOfDays(
  person: PersonRow,
  current: readonly StatedNow[],
  period: Period,
): StatementFacts {
  const { firstDay: first_day, lastDay: last_day, timeZone: time_zone } = period;
  const userId = person.knownAs.find((one) => one.userId !== null)?.userId ?? null;
  const meetings = meetingsOf(current).map(([first, ...others]) => {
    const people = [first.person, ...others.map((one) => one.person)] as const;
    return stateMeeting(first.meeting, statedAsOne(people, first.meeting));
  });
  const isDemo = person.knownAs.every(({ source }) => source.demo === true);
  const whom = { id: person.id, name: person.name, userId, isDemo };
  return shown(stateFacts(whom, meetings, { first_day, last_day, time_zone }));
}

/** A guest known by name alone may be several people. */
function isOnePerson({ knownAs }: PersonRow): boolean {
  return knownAs.length > 1 || knownAs[0]?.knownBy === "user_id";
}

/** Groups by meeting. */
function meetingsOf(current: readonly StatedNow[]): [StatedNow, ...StatedNow[]][] {
  const meetings = new Map<string, [StatedNow, ...StatedNow[]]>();
  for (const one of current) {
    const sameMeeting = meetings.get(one.meeting.id);
    if (sameMeeting === undefined) meetings.set(one.meeting.id, [one]);
    else sameMeeting.push(one);
  }
  return [...meetings.values()];
}
