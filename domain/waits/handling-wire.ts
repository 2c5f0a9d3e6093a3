import type { Ms } from "#domain/time/ms.ts";
import { toWireTime, type WireTime } from "#domain/time/wire-time.ts";
import { type FollowUp, type Handling, handlingAt } from "./handling.ts";

/** Who looks after a wait, and the note about it, as they travel to programs and browsers. */
export interface WireClaim {
  claimed_by: string | null;
  claimed_at: WireTime | null;
  /** Until then the claim holds if its owner does nothing. */
  claim_lapses_at: WireTime | null;
  /** `null` also for whoever sees initials: a note may have a name in it. */
  desk_note: string | null;
  desk_note_by: string | null;
  desk_note_at: WireTime | null;
}

/** All that counts of what the desk did about a wait. */
export interface WireHandling extends WireClaim {
  follow_up: FollowUp | null;
  follow_up_by: string | null;
  follow_up_at: WireTime | null;
}

/** Who looks after a wait at a moment, and the note. */
export function wireClaim(
  handlings: readonly Handling[],
  wait: { endedAt: Ms | null },
  now: Ms,
): WireClaim {
  const own = handlingAt(handlings, wait, now);
  return {
    claimed_by: own.claimedBy,
    claimed_at: toWireTime(own.claimedAt),
    claim_lapses_at: toWireTime(own.claimLapsesAt),
    desk_note: own.deskNote,
    desk_note_by: own.deskNoteBy,
    desk_note_at: toWireTime(own.deskNoteAt),
  };
}

/** All that counts at a moment. */
export function wireHandling(
  handlings: readonly Handling[],
  wait: { endedAt: Ms | null },
  now: Ms,
): WireHandling {
  const own = handlingAt(handlings, wait, now);
  return {
    ...wireClaim(handlings, wait, now),
    follow_up: own.followUp,
    follow_up_by: own.followUpBy,
    follow_up_at: toWireTime(own.followUpAt),
  };
}

/** Somebody who waits now. */
export interface WaitingNow extends WireClaim {
  /** The id of the wait. */
  id: string;
  person_id: string;
  name: string | null;
  started_at: WireTime;
  /** How often this person had waited for this meeting before. */
  returned: number;
}
