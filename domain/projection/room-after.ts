import type { PersonView } from "#domain/meeting/person-view.ts";
import { lostUntil, unresolvedUntil } from "#domain/meeting/wait-deadlines.ts";
import { HOLD_MS, type Rules, UNHEARD_MS } from "#domain/participant/rules.ts";
import { laterOf } from "#domain/time/either.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isSessionOpen } from "./around.ts";
import type { RoomInput } from "./news.ts";
import type { MeetingState, RoomState } from "./state.ts";

/** A projected meeting of a room, with all its people. */
export interface ProjectedMeeting {
  meeting: MeetingState;
  views: readonly PersonView[];
  /** When the provider began another meeting after it, whether or not that decides anything here. */
  overtakenAt: Ms | null;
}

/**
 * The state of a room after some of its `meetings` were projected. Its latest meeting is one of these,
 * unless a later one was not loaded. `isInUse` answers whether a person may be in the room.
 */
export function roomAfter(
  { room, rules, current }: RoomInput,
  projected: readonly ProjectedMeeting[],
  meetings: readonly MeetingState[],
  isInUse: () => boolean,
): Omit<RoomState, "id"> {
  const newest = projected.reduce<{ id: string; at: Ms } | null>((best, { meeting }) => {
    const at = meeting.tally.firstAt ?? 0;
    return best === null || at >= best.at ? { id: meeting.id, at } : best;
  }, null);
  const currentId = room.currentMeetingId;
  const isLoaded = currentId === null || meetings.some(({ id }) => id === currentId);
  const later = newest !== null && (isLoaded || newest.at > (current?.tally.firstAt ?? Infinity));
  const currentMeetingId = later ? newest.id : room.currentMeetingId;
  const here = projected.filter(({ meeting }) => meeting.id === currentMeetingId);
  const before = projected.filter(({ meeting }) => meeting.id !== currentMeetingId);
  const tipAt = projected.map(({ meeting }) => meeting.tally.tipAt).reduce(laterOf, null);
  return {
    currentMeetingId,
    unresolvedUntil: [
      unresolvedUntil(viewsOf(here), { latest: true }),
      unresolvedUntil(viewsOf(before), { latest: false }),
      // An event of a later meeting shows that a person is not in an earlier one any more.
      viewsOf(before).some(isIn) ? tipAt : null,
      isInUseUnseen(viewsOf(projected), isInUse) && tipAt !== null ? tipAt + UNHEARD_MS : null,
      ...projected.map((one) => supersededUntil(one, rules)),
      silentUntil(viewsOf(projected), rules),
      ...before.map(({ meeting }) => sessionUntil(meeting, rules)),
    ].reduce(laterOf, room.unresolvedUntil),
    lostUntil: laterOf(room.lostUntil, lostUntil(viewsOf(projected))),
  };
}

function viewsOf(projected: readonly ProjectedMeeting[]): PersonView[] {
  return projected.flatMap(({ views }) => views);
}

function isIn({ status }: PersonView): boolean {
  return status === "present";
}

/** When people without a reported leave were last heard of, and until when they may have been in. */
function unreported(people: readonly PersonView[]): { leftAt: Ms; leftBy: Ms }[] {
  return people.flatMap(({ visits }) =>
    visits.flatMap(({ leftAt, leftBy }) =>
      leftAt !== null && leftBy !== undefined ? { leftAt, leftBy } : [],
    ),
  );
}

/** Whether no view has a person in, and the room still counts as in use by one whose leave was lost. */
function isInUseUnseen(people: readonly PersonView[], isInUse: () => boolean): boolean {
  return !people.some(isIn) && unreported(people).length > 0 && isInUse();
}

/**
 * Until when a room may count as in use by a person who came in again as another connection: the views
 * compare all names of both, the room compares their names at one moment.
 */
function supersededUntil({ views, overtakenAt }: ProjectedMeeting, rules: Rules): Ms | null {
  const several = views.filter(({ participants }) => participants.length > 1);
  return unreported(several)
    .map(({ leftAt }) => Math.max(leftAt + HOLD_MS + rules.emptyGapMs, overtakenAt ?? 0))
    .reduce<Ms | null>(laterOf, null);
}

/** Until when a late event may break the silence by which people counted as gone. */
function silentUntil(people: readonly PersonView[], { silenceMs }: Rules): Ms | null {
  if (silenceMs === null) return null;
  return unreported(people)
    .filter(({ leftAt, leftBy }) => leftBy - leftAt >= silenceMs)
    .map(({ leftAt }) => leftAt + UNHEARD_MS)
    .reduce<Ms | null>(laterOf, null);
}

/** Until when later events may belong to a provider's meeting without a reported end. */
function sessionUntil({ tally }: MeetingState, { silenceMs, emptyGapMs }: Rules): Ms | null {
  if (!isSessionOpen(tally) || silenceMs === null) return null;
  return (tally.tipAt ?? 0) + silenceMs + emptyGapMs;
}
