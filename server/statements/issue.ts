import type { Database } from "#db/client.ts";
import { type Named, toldToday } from "#db/reading/history/stated.ts";
import { issueStatement, type Statement } from "#db/statements.ts";
import type { Ms } from "#domain/event.ts";
import { type StatementFacts, stateFacts, stateMeeting } from "#domain/statement/facts.ts";

export type Issued =
  | { kind: "issued"; statement: Statement; isNew: boolean }
  /** Nobody is told of by that connection in that meeting. */
  | { kind: "unknown" }
  /** A meeting that goes on has no facts to stand by yet. */
  | { kind: "going_on" };

/** States what one person did in one meeting that has ended. The same facts make the same statement. */
export async function stateAttendance(
  { orm }: Pick<Database, "orm">,
  named: Named,
  madeBy: string,
  now: Ms,
): Promise<Issued> {
  const [told] = await toldToday(orm, [named]);
  if (told === undefined) return { kind: "unknown" };
  if (told.meeting.status !== "ended") return { kind: "going_on" };
  const facts = stateFacts(told.person, [stateMeeting(told.meeting, told.person)], null);
  const issued = await issueStatement(orm, facts, {
    roomIds: [told.roomId],
    madeAt: now,
    madeBy,
  });
  return { kind: "issued", ...issued };
}

/** What would be stated today of whom and what was stated once. */
export async function restate(
  { orm }: Pick<Database, "orm">,
  stated: StatementFacts,
): Promise<StatementFacts> {
  const named = stated.meetings.flatMap(({ meeting_id, participant_ids }) => {
    const [participantId] = participant_ids;
    return participantId === undefined ? [] : [{ meetingId: meeting_id, participantId }];
  });
  const told = await toldToday(orm, named);
  const latest = told.toSorted((a, b) => (b.meeting.startedAt ?? 0) - (a.meeting.startedAt ?? 0));
  const person = latest[0]?.person ?? {
    name: stated.person.name,
    userId: stated.person.user_id,
  };
  return stateFacts(
    person,
    told.map((one) => stateMeeting(one.meeting, one.person)),
    stated.period,
  );
}
