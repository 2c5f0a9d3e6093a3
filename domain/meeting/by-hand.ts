import type { PresenceCorrectionEntry } from "#domain/participant/put-away.ts";
import type { MeetingView } from "./meeting.ts";

/**
 * Whether a correction has no effect any more: for each of its participants an event was reported that
 * contradicts or repeats it.
 */
export function isOvertaken(
  { id, participantIds, isOfObserver }: PresenceCorrectionEntry,
  { people, noteTakers, frame }: Pick<MeetingView, "people" | "noteTakers" | "frame">,
): boolean {
  if (participantIds.length === 0) return isOfObserver && frame.observed;
  return ![...people, ...noteTakers].some(({ visits, waits }) =>
    [...visits, ...waits].some(({ ruling }) => ruling === id),
  );
}
