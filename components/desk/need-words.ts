import type { Tone } from "#components/ui/pill.tsx";
import type { Need } from "#domain/live/desk-attention.ts";

/** What a line needs, in a word, and as what it looks. `null` where the numbers say it. */
export const NEED_WORDS: Record<Need, { word: string; tone: Tone } | null> = {
  unseen: { word: "nobody looks after them", tone: "lost" },
  waiting: { word: "waiting", tone: "waiting" },
  late: { word: "not begun", tone: "lost" },
  hostless: { word: "no host", tone: "lost" },
  claimed: { word: "looked after", tone: "present" },
  closed: { word: "outside opening hours", tone: "plain" },
  going: null,
  coming: null,
  over: { word: "over", tone: "plain" },
};
