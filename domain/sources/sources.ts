import type { RefusedSource } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WireTime } from "#domain/time/wire-time.ts";

/** A source as its page and the API show it. */
export interface SourceShown {
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
  /** How much of its past is projected with the current settings; `null` when all is. */
  untold: { done: number; total: number | null } | null;
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
