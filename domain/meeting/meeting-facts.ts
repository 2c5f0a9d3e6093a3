import type { Recorded, WireSource } from "#domain/event/recorded.ts";
import { type RoomContext, waitKey } from "#domain/participant/room-context.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { fromWireTime, type WireTime } from "#domain/time/wire-time.ts";
import type { Observer } from "./observer.ts";

/** A wait that ended without admission and whose person was admitted to a later meeting of the room that day. */
export interface Returned {
  participant_id: string;
  started_at: WireTime;
}

/** What is left of a meeting whose people and events were erased, and the reason. */
export interface Erased {
  at: WireTime;
  reason: string | null;
  started_at: WireTime | null;
  ended_at: WireTime | null;
  people_count: number;
  /** Waits, as of any meeting. */
  left_before_admitted_count: number;
  observer: Observer | null;
  peak: { count: number; at: WireTime } | null;
}

/** A meeting as a page opens with it: what never changes, and all its events. */
export interface MeetingFacts {
  id: string;
  source: WireSource;
  room_id: string;
  room: string;
  title: string | null;
  rules: Rules;
  /** The `seq` of the last event in `events`. */
  seq: number;
  events: Recorded[];
  returned: Returned[];
  /** When the provider began another meeting in the room; only where that is what ended this one. */
  overtaken_at: WireTime | null;
  erased: Erased | null;
  as_of: WireTime;
  time_zone: string;
}

/** The context on the wire. */
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
