import type { RefusedSource } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WireTime } from "#domain/time/wire-time.ts";

/** A source as its page and the API show it. */
export interface SourceShown {
  id: string;
  provider: string;
  name: string;
  /** Of a demonstration: nobody in it is real. */
  demo?: true;
  webhookPath: string | null;
  /** Whether its rooms hold one meeting after another, told apart by the gap. */
  partsByGap: boolean;
  emptyGapMs: Ms;
  graceMs: Ms;
  noteTakers: readonly string[];
  /** How much of its past is told as it is set now; `null` when all is. */
  untold: { done: number; total: number | null } | null;
  /** What of it was refused last; `null` where nothing was within a day. */
  refused: (RefusedSource & { over_at: WireTime | null }) | null;
}

export const MOST_GAP_MS: Ms = 12 * 3_600_000;
export const MOST_GRACE_MS: Ms = 3_600_000;
export const MOST_WORDS = 200;
export const LONGEST_WORD = 200;

/** Words as somebody writes them into one line, with commas between. */
export function wordsIn(text: string): string[] {
  const words = text.split(/[,\n]/).map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ""))];
}
