import type { PersonView } from "#domain/meeting/person-view.ts";
import { laterOf } from "#domain/meeting/tally.ts";
import { lostUntil, unresolvedUntil } from "#domain/meeting/wait.ts";
import { HOLD_MS, type Rules, UNHEARD_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isSessionOpen } from "./around.ts";
import type { RoomNews } from "./news.ts";
import type { MeetingState, RoomState } from "./state.ts";

/** A meeting of a room as it was told, with everybody in it. */
export interface ProjectedMeeting {
  meeting: MeetingState;
  stories: readonly PersonView[];
  /** When the provider began another meeting after it, whether or not that tells anything of anybody here. */
  overtakenAt: Ms | null;
}

/**
 * What follows for a room from what was told of those of its `meetings` that were looked at. Its latest meeting is one
 * of these, unless a later one was not looked at. `isInUse` tells whether of the room it is said that somebody is in it.
 */
export function roomAfter(
  { room, rules, current }: RoomNews,
  projected: readonly ProjectedMeeting[],
  meetings: readonly MeetingState[],
  isInUse: () => boolean,
): Omit<RoomState, "id"> {
  const newest = projected.reduce<{ id: string; at: Ms } | null>((best, { meeting }) => {
    const at = meeting.tally.firstAt ?? 0;
    return best === null || at >= best.at ? { id: meeting.id, at } : best;
  }, null);
  const known = room.currentMeetingId;
  const looked = known === null || meetings.some(({ id }) => id === known);
  const later = newest !== null && (looked || newest.at > (current?.tally.firstAt ?? Infinity));
  const currentMeetingId = later ? newest.id : room.currentMeetingId;
  const here = projected.filter(({ meeting }) => meeting.id === currentMeetingId);
  const before = projected.filter(({ meeting }) => meeting.id !== currentMeetingId);
  const tipAt = projected.map(({ meeting }) => meeting.tally.tipAt).reduce(laterOf, null);
  return {
    currentMeetingId,
    unresolvedUntil: [
      unresolvedUntil(storiesOf(here), { latest: true }),
      unresolvedUntil(storiesOf(before), { latest: false }),
      // What shows that somebody is not in an earlier meeting any more was heard in a later one.
      storiesOf(before).some(isIn) ? tipAt : null,
      isHeldUnseen(storiesOf(projected), isInUse) && tipAt !== null ? tipAt + UNHEARD_MS : null,
      ...projected.map((one) => supersededUntil(one, rules)),
      silentUntil(storiesOf(projected), rules),
      ...before.map(({ meeting }) => sessionUntil(meeting, rules)),
    ].reduce(laterOf, room.unresolvedUntil),
    lostUntil: laterOf(room.lostUntil, lostUntil(storiesOf(projected))),
  };
}

function storiesOf(projected: readonly ProjectedMeeting[]): PersonView[] {
  return projected.flatMap(({ stories: views }) => views);
}

function isIn({ status }: PersonView): boolean {
  return status === "present";
}

/** When those were last heard of, of whom nobody reported that they left, and until when they may have been in. */
function unreported(people: readonly PersonView[]): { leftAt: Ms; leftBy: Ms }[] {
  return people.flatMap(({ visits }) =>
    visits.flatMap(({ leftAt, leftBy }) =>
      leftAt !== null && leftBy !== undefined ? { leftAt, leftBy } : [],
    ),
  );
}

/** Whether nobody is said to be in, and the room is taken all the same to hold somebody whose leave was lost. */
function isHeldUnseen(people: readonly PersonView[], isInUse: () => boolean): boolean {
  return !people.some(isIn) && unreported(people).length > 0 && isInUse();
}

/**
 * Until when a room may be taken to hold somebody who came in anew as another connection: that is told by what both
 * are called, of the room by what they were called at one moment.
 */
function supersededUntil(
  { stories: views, overtakenAt }: ProjectedMeeting,
  rules: Rules,
): Ms | null {
  const several = views.filter(({ participants }) => participants.length > 1);
  return unreported(several)
    .map(({ leftAt }) => Math.max(leftAt + HOLD_MS + rules.emptyGapMs, overtakenAt ?? 0))
    .reduce<Ms | null>(laterOf, null);
}

/** Until when something may turn out to have broken the silence for which somebody was taken to be gone. */
function silentUntil(people: readonly PersonView[], { silenceMs }: Rules): Ms | null {
  if (silenceMs === null) return null;
  return unreported(people)
    .filter(({ leftAt, leftBy }) => leftBy - leftAt >= silenceMs)
    .map(({ leftAt }) => leftAt + UNHEARD_MS)
    .reduce<Ms | null>(laterOf, null);
}

/** Until when what happens may be of a meeting of the provider whose end was not heard. */
function sessionUntil({ tally }: MeetingState, { silenceMs, emptyGapMs }: Rules): Ms | null {
  if (!isSessionOpen(tally) || silenceMs === null) return null;
  return (tally.tipAt ?? 0) + silenceMs + emptyGapMs;
}
