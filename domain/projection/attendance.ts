import { foldName } from "#domain/identity/name.ts";
import { personIdentityOf } from "#domain/identity/person-identity.ts";
import { areHostRolesReported } from "#domain/meeting/metrics.ts";
import { type PersonView, unknownMs } from "#domain/meeting/person-view.ts";
import { isEndEntered } from "#domain/meeting/wait.ts";
import { lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { AttendanceState, Ids, MeetingOfSource, WaitState } from "./state.ts";

/** The stored form of one person's view in a meeting. */
export function attendanceOf(
  meeting: MeetingOfSource,
  view: PersonView,
  ids: Pick<Ids, "person">,
): AttendanceState {
  const open = view.attended.find(({ to }) => to === null) ?? null;
  const closed = view.attended.filter(({ to }) => to !== null);
  const ends = view.tenures.map(({ to }) => to);
  const nameKey = foldName(view.name);
  const userId = view.isUserIdShared ? null : view.userId;
  const identity = personIdentityOf({ userId, nameKey }, meeting.rules.userIdsLast);
  const starts = [view.firstJoinedAt ?? [], view.waits.map(({ startedAt }) => startedAt)].flat(2);
  const firstAt = starts.length === 0 ? null : Math.min(...starts);
  const admitted = view.waits.filter(({ outcome }) => outcome === "admitted");
  return {
    meetingId: meeting.id,
    personId: view.id,
    identifiedBy: view.identifiedBy,
    name: view.name,
    nameKey,
    userId: view.userId,
    userIdShared: view.isUserIdShared,
    isNoteTaker: view.isNoteTaker,
    identity:
      identity && firstAt !== null && !view.isNoteTaker
        ? ids.person(meeting.sourceId, identity)
        : null,
    participantIds: view.participantIds,
    status: view.status,
    isHost: view.isHost,
    hostSaid: areHostRolesReported([view]),
    firstAt,
    firstJoinedAt: view.firstJoinedAt,
    lastLeftAt: view.lastLeftAt,
    attendedMs: lengthMs(closed, 0),
    openSince: open?.from ?? null,
    unknownMs: unknownMs(view, meeting.rules.graceMs),
    leftBy: lastOf(view.visits.flatMap(({ leftBy }) => leftBy ?? [])),
    waitCount: view.waits.length,
    admittedCount: admitted.length,
    admittedMs: admitted.reduce((sum, wait) => sum + ((wait.endedAt ?? 0) - wait.startedAt), 0),
    hostedUntil: lastEnd(ends),
    visits: view.visits,
    waits: view.waits,
    tenures: view.tenures,
  };
}

function lastOf(moments: readonly Ms[]): Ms | null {
  return moments.length === 0 ? null : Math.max(...moments);
}
/** The last of the ends; `null` while one is open, and for none at all. */
function lastEnd(ends: readonly (Ms | null)[]): Ms | null {
  let last: Ms | null = null;
  for (const end of ends) {
    if (end === null) return null;
    last = Math.max(last ?? end, end);
  }
  return last;
}

/** The fields of an attendance that its wait rows need. */
type WithWaits = Pick<
  AttendanceState,
  "meetingId" | "personId" | "identity" | "name" | "isNoteTaker" | "waits"
>;

/** The wait rows of an attendance; none for a note-taker, which is no person. */
export function waitStatesOf(row: WithWaits, roomId: number): WaitState[] {
  const { meetingId, personId, identity, name, isNoteTaker } = row;
  if (isNoteTaker) return [];
  return row.waits.map((wait) => {
    const { participantId, startedAt, endedAt, outcome, inferred } = wait;
    const ended = { endedAt, outcome, inferred, endEntered: isEndEntered(wait) };
    return { meetingId, roomId, personId, identity, name, participantId, startedAt, ...ended };
  });
}
