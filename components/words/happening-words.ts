import type { Happening } from "#domain/live/wire.ts";
import { formatBetween, formatDuration } from "./duration.ts";
import { observerWords } from "./observer-words.ts";

/** The text and look of a line of "Just happened". */
export interface HappeningWords {
  tone: "present" | "waiting" | "lost" | "host" | "quiet";
  icon: "in" | "out" | "back" | "wait" | "lost" | "host" | "begin" | "end";
  verb: string;
  /**
   * Where the meeting is named. `into`: "Nina joined Town hall". `beside`: "Nina left after 3:20 · Town hall". `alone`:
   * the meeting itself.
   */
  meeting: "into" | "beside" | "alone";
}

export function wordsFor(what: Happening["what"]): HappeningWords {
  switch (what.kind) {
    case "joined":
      return { tone: "present", icon: "in", verb: "joined", meeting: "into" };
    case "admitted":
      return beside("present", "in", `admitted after ${formatDuration(what.waited_ms)}`);
    case "reconnected":
      return beside("present", "back", `reconnected after ${formatBetween(what.away_ms)}`);
    case "came_back":
      return beside("present", "back", `came back after ${formatBetween(what.away_ms)}`);
    case "left":
      return beside("quiet", "out", `left after ${formatDuration(what.attended_ms)}`);
    case "waiting":
      return { tone: "waiting", icon: "wait", verb: "is waiting for", meeting: "into" };
    case "left_before_admitted":
      return beside("lost", "lost", `left before admitted after ${formatBetween(what.waited_ms)}`);
    case "host_changed":
      return beside("host", "host", what.is_host ? "is now host" : "is no longer host");
    case "meeting_started":
      return { tone: "quiet", icon: "begin", verb: "began", meeting: "alone" };
    case "meeting_ended":
      return { tone: "quiet", icon: "end", verb: "ended", meeting: "alone" };
    case "not_let_in":
    case "bot_removed":
      return {
        tone: "lost",
        icon: "lost",
        verb: `– ${observerWords({ ...what, state: what.kind === "not_let_in" ? "not_let_in" : "removed" })}`,
        meeting: "alone",
      };
    default:
      return what satisfies never;
  }
}

function beside(
  tone: HappeningWords["tone"],
  icon: HappeningWords["icon"],
  verb: string,
): HappeningWords {
  return { tone, icon, verb, meeting: "beside" };
}
