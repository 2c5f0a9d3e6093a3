import type { ByHand } from "#domain/participant/put-away.ts";
import type { MeetingView } from "./meeting.ts";

/**
 * Whether nothing is told by an operator's word any more: of everybody it speaks of something was reported
 * that says otherwise, or the same.
 */
export function isOvertaken(
  { id, participantIds, isOfObserver }: ByHand,
  { people, noteTakers, frame }: Pick<MeetingView, "people" | "noteTakers" | "frame">,
): boolean {
  if (participantIds.length === 0) return isOfObserver && frame.observed;
  return ![...people, ...noteTakers].some(({ visits, waits }) =>
    [...visits, ...waits].some(({ ruling }) => ruling === id),
  );
}
