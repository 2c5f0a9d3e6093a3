import type { RoomSeen, Sight } from "#domain/access/sight.ts";
import { seesRoom } from "#domain/access/sight.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What another system can be told of, in the order in which it is offered. */
export const TRIGGERS = [
  "participant_events.join_leave",
  "participant_events.update",
  "participant.joined",
  "participant.left",
  "waiting-participant.joined",
  "waiting-participant.left",
  "meeting.started",
  "meeting.ended",
  "wait.admitted",
  "host.changed",
  "meeting.merged",
  "attendance.ready",
  "attendance.corrected",
  "no_show.host",
  "no_show.guest",
  "alert.raised",
  "alert.cleared",
  "endpoint.paused",
] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** What a delivery that only tries an address is called. */
export const TEST = "endpoint.test";

/** By whose scheme the webhooks of an endpoint are signed: Standard Webhooks, or one of two providers'. */
export const SIGNINGS = ["standard", "attendee", "daily"] as const;
export type Signing = (typeof SIGNINGS)[number];

/** Why nothing is sent to an endpoint. */
export const PAUSES = ["by_hand", "failing", "gone"] as const;
export type PauseReason = (typeof PAUSES)[number];

/** What an endpoint wants to be told of. */
export interface Wanted extends Pick<Sight, "sources" | "rooms"> {
  triggers: readonly Trigger[];
}

/** Whether an endpoint is told of something in a room; what is in no room is told to all who asked for it. */
export function isWanted(wanted: Wanted, trigger: Trigger, room: RoomSeen | null): boolean {
  return wanted.triggers.includes(trigger) && (room === null || seesRoom(wanted, room));
}

/** What is older than that when it is recorded is told to nobody, as the lines of an old file. */
export const TOLD_WITHIN_MS: Ms = 7 * 86_400_000;
/** How long a message is kept after it was made, so that it can be sent again. */
export const MESSAGES_KEPT_MS: Ms = 30 * 86_400_000;
/** How long the events of a meeting have to come late, before its attendance is told as final. */
export const SETTLED_AFTER_MS: Ms = 10 * 60_000;
