import type { RefusedSource } from "#domain/live/recording.ts";
import type { Retained, Retention } from "#domain/privacy/retention/retention.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WireTime } from "#domain/time/wire-time.ts";
import type { Removal } from "./demonstration.ts";
import type { Silence } from "./silence.ts";

/** A source as its page and the API show it. */
export interface SourceShown extends Retention {
  id: string;
  provider: string;
  name: string;
  /** Part of a demonstration: none of its people is real. */
  demo?: true;
  webhookPath: string | null;
  /** Whether its rooms have one meeting after another, parted by the gap. */
  partsByGap: boolean;
  emptyGapMs: Ms;
  graceMs: Ms;
  noteTakers: readonly string[];
  /** What several bots see at one address at one time is one meeting. */
  joinsBots: boolean;
  /** What its calendars have is expected without anybody taking it. */
  takesCalendar: boolean;
  /** What was last done by the limits of what it keeps; `null` where it never had one. */
  retained: Retained | null;
  createdAt: WireTime;
  /** Since when nothing is taken of it. */
  pausedAt: WireTime | null;
  /** When it was last heard, and whether that is unusually long ago. */
  lastAt: WireTime | null;
  silence: Omit<Silence, "lastAt">;
  /**
   * How much of its past is projected with the current settings; `null` when all is. `stopped`: an operator stopped
   * it, and it goes on when they ask for it.
   */
  untold: { done: number; total: number | null; stopped: boolean } | null;
  /** How far its deletion is; `null` where it stays. */
  removal: Removal | null;
  /** Its latest refused webhook; `null` without one within a day. */
  refused: (RefusedSource & { over_at: WireTime | null }) | null;
}

export const MOST_GAP_MS: Ms = 12 * 3_600_000;
export const MOST_GRACE_MS: Ms = 3_600_000;
export const MOST_WORDS = 200;
export const LONGEST_WORD = 200;

/** The words of one line, separated by commas. */
export function wordsIn(text: string): string[] {
  const words = text.split(/[,\n]/).map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ""))];
}
