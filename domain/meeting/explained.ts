import type { ParticipantEvent } from "#domain/event/event.ts";
import type { ClosingCause } from "#domain/participant/closing.ts";
import type { PutAway } from "#domain/participant/put-away.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Report } from "./report.ts";

/** Why a person's time is what it is: every interval with how it counts, and every report that supports it. */
export interface Explanation {
  /** In time order. Stays and joined gaps together are the attended time. */
  stretches: ExplainedInterval[];
  /** The person's reports that belong to no stay. */
  aside: Report<ParticipantEvent>[];
  /** How many events their connections have, and the deliveries of those events, each once. */
  eventCount: number;
  deliveryIds: string[];
}

export type ExplainedInterval = { key: string; from: Ms; to: Ms | null } & (
  | { kind: "stay"; parts: StayPart[] }
  /** Away for no longer than the grace: counts. */
  | { kind: "joined_gap"; graceMs: Ms }
  /** Away for longer: does not count. */
  | { kind: "away" }
  | { kind: "wait"; end: WaitEnd; reports: Report[] }
);

/** One connection's part of a stay; where several overlap, the time counts once. */
export interface StayPart {
  participantId: string;
  from: Ms;
  to: Ms | null;
  start: StayStart;
  end: StayEnd;
  reports: Report[];
}

/**
 * `reported`: by a join. `told_by_leave`: without a join, the leave repeats when it was. `first_seen`: they
 * were there when the observer came. `unknown`: only a leave was reported, so the stay has no length.
 */
export type StayStart = "reported" | "told_by_leave" | "first_seen" | "unknown";

/** Why a person may have left without a reported leave; `unheard`: there was no event of them for a day. */
export type Doubt = ClosingCause | "joined_again" | "unheard";

/** `too_late`: the stay seems to begin after what closed it, so it has no length. */
export type StayEnd =
  | { by: "open" }
  | { by: "report" }
  /** Only how long they were there was reported. */
  | { by: "length" }
  /** It counts up to the person's last event; they may have been there until `leftBy`. */
  | { by: "nobody"; because: Doubt; leftBy: Ms }
  /** As above, where the operator does not know when they left; else `leftBy` is `null`. */
  | { by: "operator"; word: PutAway; leftBy: Ms | null }
  | { by: ClosingCause; at: Ms; tooLate: boolean; silenceMs: Ms | null };

export type WaitEnd =
  | { how: "waiting" }
  /** `as`: by a join of the connection that waited, or of another one of the person. */
  | { how: "admitted"; as: "itself" | "another"; isReported: boolean }
  | { how: "left"; isShort: boolean }
  /** An operator entered it. `overBy`: the latest it can have been, where the operator does not know when. */
  | { how: "put_away"; word: PutAway; isBack: boolean; overBy: Ms | null }
  /** `at`: when they came in to this meeting; `null`: to a later one of the room that day. */
  | { how: "came_back"; at: Ms | null; isReported: boolean }
  /** There was no further event of the wait; `expired`: for four hours. */
  | { how: "unknown"; by: ClosingCause | "expired"; at: Ms };
