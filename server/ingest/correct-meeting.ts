import { v7 as uuid } from "uuid";
import type { Transaction } from "#db/connection/session.ts";
import { meetingAt, meetingsAround } from "#db/recording/meetings.ts";
import type { MeetingCorrected, MeetingEvent } from "#domain/event/event.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { reachesOver } from "#domain/meeting/meeting-correction.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { MeetingState, Room } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

/** The person, connection, meeting or correction that the operator named is not in this meeting or room. */
export class UnknownInMeeting extends Error {
  override name = "UnknownInMeeting";
}

/** Meetings cannot be joined or parted so: the message says why, for people. */
export class CorrectionImpossible extends Error {
  override name = "CorrectionImpossible";
}

/** A meeting, in its locked room. */
export interface LockedMeeting {
  room: Room;
  rules: Rules;
  meeting: MeetingState;
}

/** Meetings that lie further apart than this are never one. */
const FURTHEST_MS: Ms = 86_400_000;

/**
 * The correction that a meeting and another of its room, before or after it, are one; and both meetings. Throws
 * `UnknownInMeeting` and `CorrectionImpossible`.
 */
export async function joinMeetings(
  tx: Transaction,
  { room, rules, meeting }: LockedMeeting,
  otherId: string,
  by: string,
  now: Ms,
): Promise<{ event: MeetingCorrected; stale: MeetingState[] }> {
  const other = isUuid(otherId) ? await meetingAt(tx, otherId) : null;
  if (other === null || other.roomId !== room.id) {
    throw new UnknownInMeeting("No such meeting in this room.");
  }
  if (rules.meetings === "one_per_room")
    throw new CorrectionImpossible("Its room has one meeting only.");
  if (other.id === meeting.id) throw new CorrectionImpossible("They are one meeting already.");
  const [first, second] = [meeting, other].toSorted((a, b) => firstAt(a) - firstAt(b));
  if (first === undefined || second === undefined) throw new Error("two are two");
  const at = firstAt(second);
  const from = Math.min(endOf(first), at);
  if (at - from > FURTHEST_MS) throw new CorrectionImpossible("They lie more than a day apart.");
  const around = await meetingsAround(tx, [{ roomId: room.id, from, to: at }]);
  const isBetween = (one: MeetingState) => firstAt(one) > firstAt(first) && firstAt(one) < at;
  if (around.some(isBetween))
    throw new CorrectionImpossible("There is another meeting between them.");
  const event = { type: "meeting_ruled", verdict: "joined", at, from, ruling: uuid() } as const;
  return { event: { ...event, by, ruledAt: now }, stale: [first, second] };
}

/**
 * The correction that a new meeting begins after a moment at which the meeting was empty. Throws
 * `CorrectionImpossible`.
 */
export function partMeeting(
  events: readonly MeetingEvent[],
  { rules }: LockedMeeting,
  moment: Ms,
  by: string,
  now: Ms,
): MeetingCorrected {
  if (rules.meetings === "one_per_room")
    throw new CorrectionImpossible("Its room has one meeting only.");
  const { people } = projectMeeting(events, rules, now);
  const inside = people.filter((person) =>
    staysOf(person).some(({ from, to }) => from <= moment && to > moment),
  );
  const time = new Date(moment).toISOString();
  if (inside.length > 0)
    throw new CorrectionImpossible(`At ${time} ${named(inside)} in or waiting.`);
  const stays = people.flatMap(staysOf);
  const later = stays.filter(({ from }) => from > moment).map(({ from }) => from);
  const isAfterSome = stays.some(({ from }) => from <= moment);
  if (!isAfterSome || later.length === 0) {
    throw new CorrectionImpossible(
      `At ${time} it had not begun, or was over: there is nothing to part.`,
    );
  }
  const at = Math.min(...later);
  if (stays.some((stay) => reachesOver(stay, at))) {
    throw new CorrectionImpossible(
      `At ${new Date(at).toISOString()} somebody left as somebody came.`,
    );
  }
  const event = { type: "meeting_ruled", verdict: "parted", at, from: at, ruling: uuid() } as const;
  return { ...event, by, ruledAt: now };
}

function staysOf({ presence, waits }: PersonView): { from: Ms; to: Ms }[] {
  return [
    ...presence.map(({ from, to }) => ({ from, to: to ?? Infinity })),
    ...waits.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt ?? Infinity })),
  ];
}

const NAMED = 3;

/** `Ada was`, `Ada and Bo were`, `Ada, Bo, Cy and 2 others were` */
function named(people: readonly PersonView[]): string {
  const names = people.slice(0, NAMED).map(({ name }) => name ?? "an unnamed guest");
  const more = people.length - names.length;
  if (more > 0) return `${names.join(", ")} and ${more} ${more === 1 ? "other" : "others"} were`;
  if (names.length === 1) return `${names[0]} was`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)} were`;
}

function firstAt({ tally }: MeetingState): Ms {
  return tally.firstAt ?? 0;
}

function endOf({ tally }: MeetingState): Ms {
  return Math.max(tally.tipAt ?? 0, tally.lastOutAt ?? 0, tally.endedAt ?? 0);
}
