import type { Database } from "#db/connection/client.ts";
import { type PersonRow, personById } from "#db/people/person.ts";
import {
  attendedBetween,
  type StatedAttendee,
  type StatedNow,
  statedNow,
} from "#db/statements/stated.ts";
import { issueStatement, type Statement } from "#db/statements/statements.ts";
import {
  type StatedMeeting,
  type StatementFacts,
  statedAsOne,
  stateFacts,
  stateMeeting,
} from "#domain/statements/facts.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Period, periodOf } from "#domain/time/period.ts";
import { offsetIn } from "#server/http/period.ts";

/** One statement may be of so many meetings. */
export const MOST_MEETINGS = 500;

/** Why there is no statement: told by `reason` to whoever asked. */
export type StatementRefusal =
  /** Nobody like that, or not there. */
  | "unknown"
  /** A meeting that goes on has no facts to stand by yet. */
  | "going_on"
  /** Several guests of one name were at one meeting, and nobody knows who of them is meant. */
  | "ambiguous"
  | "too_many";

export type Issued =
  | { kind: "issued"; statement: Statement; isNew: boolean }
  | { kind: "refused"; reason: StatementRefusal };

type Issuer = Pick<Database, "orm">;

/** States what one person did in one meeting that has ended. The same facts make the same statement. */
export async function stateAttendance(
  { orm }: Issuer,
  named: StatedAttendee,
  madeBy: string,
  madeAt: Ms,
): Promise<Issued> {
  const [projected] = await statedNow(orm, [named]);
  if (projected === undefined) return { kind: "refused", reason: "unknown" };
  if (projected.meeting.status !== "ended") return { kind: "refused", reason: "going_on" };
  const facts = factsOfOne(projected);
  const issued = await issueStatement(orm, facts, { roomIds: [projected.roomId], madeAt, madeBy });
  return { kind: "issued", ...issued };
}

/** States what somebody did over days, in the meetings of them that have ended. */
export async function stateDays(
  { orm }: Issuer,
  personId: string,
  period: Period,
  madeBy: string,
  madeAt: Ms,
): Promise<Issued> {
  const person = await personById(orm, personId);
  if (person === null) return { kind: "refused", reason: "unknown" };
  const projected = await toldBetween(orm, person, period);
  if (projected.length > MOST_MEETINGS) return { kind: "refused", reason: "too_many" };
  if (!isOnePerson(person) && meetingsOf(projected).some((all) => all.length > 1)) {
    return { kind: "refused", reason: "ambiguous" };
  }
  const roomIds = [...new Set(projected.map(({ roomId }) => roomId))];
  const facts = factsOfDays(person, projected, period);
  const issued = await issueStatement(orm, facts, { roomIds, madeAt, madeBy });
  return { kind: "issued", ...issued };
}

/** What would be stated today of whom and what was stated once. */
export async function restate({ orm }: Issuer, stated: StatementFacts): Promise<StatementFacts> {
  const { person, period } = stated;
  if (period === null) {
    const [projected] = await statedNow(orm, stated.meetings.flatMap(namedIn));
    return projected === undefined
      ? { ...stated, meetings: [], attended_ms: 0 }
      : factsOfOne(projected);
  }
  const { first_day, last_day, time_zone } = period;
  const known = person.id === null ? null : await personById(orm, person.id);
  if (known === null) return { ...stated, meetings: [], attended_ms: 0 };
  const days = periodOf(first_day, last_day, time_zone, offsetIn(time_zone));
  return factsOfDays(known, await toldBetween(orm, known, days), days);
}

function namedIn({ meeting_id: meetingId, participant_ids }: StatedMeeting): StatedAttendee[] {
  const [participantId] = participant_ids;
  return participantId === undefined ? [] : [{ meetingId, participantId }];
}

async function toldBetween(
  orm: Issuer["orm"],
  { rowId }: PersonRow,
  period: Period,
): Promise<StatedNow[]> {
  return statedNow(orm, await attendedBetween(orm, rowId, period, MOST_MEETINGS + 1));
}

function factsOfOne({ meeting, person }: StatedNow): StatementFacts {
  const { isDemo } = meeting;
  const whom = { id: null, name: person.name, userId: person.userId, isDemo };
  return stateFacts(whom, [stateMeeting(meeting, person)], null);
}

/** Under the id at which they are found, and with the name they have today. */
function factsOfDays(
  person: PersonRow,
  projected: readonly StatedNow[],
  period: Period,
): StatementFacts {
  const { firstDay: first_day, lastDay: last_day, timeZone: time_zone } = period;
  const userId = person.knownAs.find((one) => one.userId !== null)?.userId ?? null;
  const meetings = meetingsOf(projected).map(([first, ...others]) => {
    const people = [first.person, ...others.map((one) => one.person)] as const;
    return stateMeeting(first.meeting, statedAsOne(people, first.meeting));
  });
  const isDemo = person.knownAs.every(({ source }) => source.demo === true);
  const whom = { id: person.id, name: person.name, userId, isDemo };
  return stateFacts(whom, meetings, { first_day, last_day, time_zone });
}

/** Guests by name alone are several where there are several of the name. */
function isOnePerson({ knownAs }: PersonRow): boolean {
  return knownAs.length > 1 || knownAs[0]?.knownBy === "user_id";
}

/** What is told, by meeting. */
function meetingsOf(projected: readonly StatedNow[]): [StatedNow, ...StatedNow[]][] {
  const meetings = new Map<string, [StatedNow, ...StatedNow[]]>();
  for (const one of projected) {
    const known = meetings.get(one.meeting.id);
    if (known === undefined) meetings.set(one.meeting.id, [one]);
    else known.push(one);
  }
  return [...meetings.values()];
}
