import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime, type WireTime } from "#domain/time/wire-time.ts";

/** Why no delivery at all can be stored. */
export type HaltReason = "disk_full" | "read_only" | "unavailable";

/** Why a webhook was refused. */
export type RefusalReason =
  | "signature_missing"
  | "signature_mismatch"
  | "timestamp_missing"
  | "timestamp_outside_tolerance"
  | "paused"
  | "too_large"
  | "unfinished"
  | "overloaded"
  | "secret_unreadable"
  | "not_stored";

/** Why a webhook was refused, also one that was sent to no source. */
export type RefusedReason = RefusalReason | "unknown_source";

/** A source whose last webhook was refused: the refusals since the last accepted one. */
export interface RefusedSource {
  source: WireSource;
  since: WireTime;
  last_at: WireTime;
  count: number;
  /** The reason of the last refusal. */
  reason: RefusalReason;
  /** After this many failures in a row its provider may stop sending; `null` where it goes on. */
  gives_up_after: number | null;
}

/** Rooms that cannot be projected, because an event in them cannot be read. What comes for them is stored. */
export interface StoppedProjection {
  rooms: number;
  /** When the first delivery came that is not shown therefore. */
  since: WireTime;
  /** The event that stops the first of them. `field` is what is wrong: `type` where its type is unknown. */
  event: { meeting_id: string; seq: number; type: string; field: string };
}

/** A webhook that its provider switched off, or does not have any more: nothing comes of it. */
export interface WebhookOff {
  source: WireSource;
  state: "off" | "missing";
  since: WireTime;
}

/** Whether what providers send is stored, as one process sees it. */
export interface Recording {
  /** When any of this last changed; of two the later is true. */
  changed_at: WireTime;
  /** Since when this process can store nothing, and why. */
  halted: { since: WireTime; reason: HaltReason } | null;
  /**
   * How many stored deliveries are not shown yet, and when the first of them came; `null` up to a second. Those of
   * stopped rooms are not counted.
   */
  behind: { since: WireTime; count: number } | null;
  /** Absent, as from a server of an earlier version, and `null`, where there are none. */
  stopped?: StoppedProjection | null;
  /** Absent, as from a server of an earlier version, where there are none. Longest first, up to a limit. */
  off?: WebhookOff[];
  /** The sources refused longest first, up to a limit. */
  refused: RefusedSource[];
  /** How many refused sources are not listed. */
  more: number;
}

export const ALL_IS_KEPT: Recording = {
  changed_at: "1970-01-01T00:00:00.000Z",
  halted: null,
  behind: null,
  stopped: null,
  refused: [],
  more: 0,
};

/** A delay above this is shown as being behind. */
export const BEHIND_MS: Ms = 1_000;

/** A working provider retries within seconds, or has nothing to send. */
const SILENT_MS: Ms = 60_000;
/** A refused webhook that was not sent again for this long may not have been the provider's. */
const FORGOTTEN_MS: Ms = 86_400_000;

/**
 * Whether the provider may have switched the webhook off: it failed as often in a row as it tolerates, and
 * was silent since. There is no better sign: a provider that sends nothing does not report why.
 */
export function mayBeOff({ count, last_at, gives_up_after }: RefusedSource, now: Ms): boolean {
  return (
    gives_up_after !== null && count >= gives_up_after && now - fromWireTime(last_at) >= SILENT_MS
  );
}

/** What is wrong with recording. */
export interface Trouble extends Pick<Recording, "halted" | "behind" | "refused"> {
  stopped: StoppedProjection | null;
  off: readonly WebhookOff[];
}

/**
 * What is wrong with recording at that moment. Left out is what ended by itself: a refusal without a later
 * one for a day, unless the provider may have given up.
 */
export function troubleAt(recording: Recording, now: Ms): Trouble {
  const { halted, behind, stopped = null, off = [], refused } = recording;
  return { halted, behind, stopped, off, refused: refused.filter((one) => isStillTrue(one, now)) };
}

export function isStillTrue(refused: RefusedSource, now: Ms): boolean {
  return now - fromWireTime(refused.last_at) < FORGOTTEN_MS || mayBeOff(refused, now);
}
