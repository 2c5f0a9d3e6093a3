import type { Ms } from "./event.ts";
import { NOBODY, type ReturnedWaits, waitKey } from "./wait.ts";
import { fromWireTime, type MeetingFacts } from "./wire.ts";

/** What the other meetings of its room say of a meeting, which its own events cannot. */
export interface RoomContext {
  /** Who gave up waiting here and came in to a later meeting that day. */
  returned: ReturnedWaits;
  /** When the provider began another meeting, so that nobody was in this one any more; else `null`. */
  overtakenAt: Ms | null;
}

export const NO_ROOM_CONTEXT: RoomContext = { returned: NOBODY, overtakenAt: null };

/** As it travels. */
export function roomContextOf({
  returned,
  overtaken_at,
}: Pick<MeetingFacts, "returned" | "overtaken_at">): RoomContext {
  return {
    returned: new Set(
      returned.map((wait) => waitKey(wait.participant_id, fromWireTime(wait.started_at))),
    ),
    overtakenAt: overtaken_at === null ? null : fromWireTime(overtaken_at),
  };
}
