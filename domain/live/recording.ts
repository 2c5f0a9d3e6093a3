import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime, type WireTime } from "#domain/time/wire-time.ts";

/** Why nothing at all can be kept. */
export type HaltReason = "disk_full" | "read_only" | "unavailable";

/** Why a webhook was not taken. */
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

/** A source whose last webhook was refused: all of them since the last that was taken. */
export interface RefusedSource {
  source: WireSource;
  since: WireTime;
  last_at: WireTime;
  count: number;
  /** Of the last of them. */
  reason: RefusalReason;
  /** After so many failures in a row its provider may stop sending; `null` where it goes on. */
  gives_up_after: number | null;
}

/** Whether what providers send is kept, as far as one process knows. */
export interface Recording {
  /** When any of this last became another; of two the later is true. */
  changed_at: WireTime;
  /** Since when this process can keep nothing, and why. */
  halted: { since: WireTime; reason: HaltReason } | null;
  /** How many webhooks are kept and not shown yet, and when the first of them came; `null` up to a second. */
  behind: { since: WireTime; count: number } | null;
  /** Those that are refused longest first, at most so many. */
  refused: RefusedSource[];
  /** How many more there are. */
  more: number;
}

export const ALL_IS_KEPT: Recording = {
  changed_at: "1970-01-01T00:00:00.000Z",
  halted: null,
  behind: null,
  refused: [],
  more: 0,
};

/** What is kept is shown within this time, or it is said. */
export const BEHIND_MS: Ms = 1_000;

/** A provider that goes on sends again within seconds, or has nothing to say. */
const SILENT_MS: Ms = 60_000;
/** What nobody sent again for so long was perhaps none of the provider's. */
const FORGOTTEN_MS: Ms = 86_400_000;

/**
 * Whether the provider may have switched the webhook off: as many failures in a row as it bears, and silence
 * since. Nothing tells more than that: a provider that sends nothing does not say why.
 */
export function mayBeOff({ count, last_at, gives_up_after }: RefusedSource, now: Ms): boolean {
  return (
    gives_up_after !== null && count >= gives_up_after && now - fromWireTime(last_at) >= SILENT_MS
  );
}

/**
 * What is wrong with recording at that moment. What ended by itself is left out: a refusal that nothing
 * followed for a day, unless the provider may have given up.
 */
export function troubleAt(
  recording: Recording,
  now: Ms,
): Pick<Recording, "halted" | "behind" | "refused"> {
  const { halted, behind, refused } = recording;
  return { halted, behind, refused: refused.filter((one) => isStillTrue(one, now)) };
}

export function isStillTrue(refused: RefusedSource, now: Ms): boolean {
  return now - fromWireTime(refused.last_at) < FORGOTTEN_MS || mayBeOff(refused, now);
}
