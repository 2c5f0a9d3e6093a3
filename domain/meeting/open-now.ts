import { lastHeardAt } from "#domain/participant/participant.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { MeetingView } from "./meeting.ts";
import { isWaiting, type PersonView } from "./person-view.ts";

/** A visit or a wait of one connection that may still go on. */
export interface OpenStay {
  participantId: string;
  where: "present" | "waiting";
  from: Ms;
  heardAt: Ms;
  /** The latest it can have lasted, where that is known. */
  overBy: Ms | null;
}

/** Whether a person waits, is in, or may be, so that an operator can enter that they are not. */
export function isOpen(person: Pick<PersonView, "status" | "waits">): boolean {
  return person.status === "present" || person.status === "not_known" || isWaiting(person);
}

/** Whether an operator can put anyone of a meeting away: a person, or the observer. */
export function isAnythingOpen({
  people,
  noteTakers,
  frame,
}: Pick<MeetingView, "people" | "noteTakers" | "frame">): boolean {
  return frame.observed || people.some(isOpen) || noteTakers.some(isOpen);
}

/** A person's open stays: connections that are or may be in, and those that knock. */
export function openStaysOf(person: PersonView): OpenStay[] {
  return [...openVisits(person), ...openKnocks(person)];
}

/** A waiting person, too, may or may not still be in as another connection. */
function openVisits(person: PersonView): OpenStay[] {
  if (!isOpen(person)) return [];
  const { participants, visits } = person;
  return visits.flatMap(({ participantId, joinedAt: from, leftAt, leftBy, end }): OpenStay[] => {
    const isUnknown = end === "inferred" && leftBy !== undefined;
    if (leftAt !== null && !isUnknown) return [];
    const participant = participants.find(({ id }) => id === participantId) ?? { heardAt: null };
    const heardAt = leftAt ?? lastHeardAt(participant, from);
    return [{ participantId, where: "present", from, heardAt, overBy: leftBy ?? null }];
  });
}

function openKnocks({ waits, participants }: PersonView): OpenStay[] {
  const open = waits.find(({ outcome }) => outcome === "waiting");
  if (open === undefined) return [];
  return participants.flatMap(({ id, knocks }) =>
    knocks
      .filter(({ stoppedAt, putAway, startedAt }) => {
        return stoppedAt === null && putAway === undefined && startedAt >= open.startedAt;
      })
      .map(({ startedAt: from, heardAt }): OpenStay => {
        return { participantId: id, where: "waiting", from, heardAt, overBy: null };
      }),
  );
}
