import type { Ms } from "#domain/time/ms.ts";

/** What a meeting's own events cannot show and the other meetings of its room do. */
export interface RoomContext {
  /** Waits that were given up here and whose person came in to a later meeting that day. */
  returned: ReturnedWaits;
  /** When the provider began another meeting, so that no one was in this one any more; else `null`. */
  overtakenAt: Ms | null;
}

/** The waits, by `waitKey`, whose person gave up and came in to a later meeting of the room that day. */
export type ReturnedWaits = ReadonlySet<string>;

export const NO_RETURNED_WAITS: ReturnedWaits = new Set();

export function waitKey(participantId: string, startedAt: Ms): string {
  return `${startedAt} ${participantId}`;
}

export const NO_ROOM_CONTEXT: RoomContext = { returned: NO_RETURNED_WAITS, overtakenAt: null };
