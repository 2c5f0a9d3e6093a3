import type { Ms } from "./event.ts";
import { NOBODY, type Returns, waitKey } from "./wait.ts";
import { fromWireTime, type MeetingFacts } from "./wire.ts";

/** What the other meetings of its room say of a meeting, which its own events cannot. */
export interface Elsewhere {
  /** Who gave up waiting here and came in to a later meeting that day. */
  returned: Returns;
  /** When the provider began another meeting, so that nobody was in this one any more; else `null`. */
  overtakenAt: Ms | null;
}

export const NOTHING_ELSEWHERE: Elsewhere = { returned: NOBODY, overtakenAt: null };

/** As it travels. */
export function elsewhereOf({
  returned,
  overtaken_at,
}: Pick<MeetingFacts, "returned" | "overtaken_at">): Elsewhere {
  return {
    returned: new Set(
      returned.map((wait) => waitKey(wait.participant_id, fromWireTime(wait.started_at))),
    ),
    overtakenAt: overtaken_at === null ? null : fromWireTime(overtaken_at),
  };
}
