import type { CatchUpProblem } from "./catch-up.ts";

/** Why a provider could not be asked, to follow its title, and what to do. */
export const CATCH_UP_WORDS: Readonly<Record<CatchUpProblem, { why: string; advice: string }>> = {
  key_refused: {
    why: "does not accept the key",
    advice: "Keep another key of its API.",
  },
  refused: {
    why: "refused what it was asked",
    advice: "Look whether the key may read what is asked for.",
  },
  busy: {
    why: "asks for patience",
    advice: "It is asked again by itself.",
  },
  away: {
    why: "could not be reached, or failed itself",
    advice: "It is asked again by itself; what happens meanwhile is found then.",
  },
  key_unreadable: {
    why: "is not asked: the key was encrypted under another ROLLCALL_SECRET",
    advice: "Enter the key again.",
  },
  failed: {
    why: "was asked, and that failed here",
    advice: "Look at the log of the server.",
  },
};
