import { LEAST_SILENCE_WEEKS, type Silence } from "#domain/sources/silence.ts";
import type { Ms } from "#domain/time/ms.ts";

/** About how long: `40 min`, `62 h`, `5 days`. */
export function roughly(ms: Ms): string {
  if (ms < 3_600_000) return `${Math.max(1, Math.round(ms / 60_000))} min`;
  const hours = Math.round(ms / 3_600_000);
  return hours < 96 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** Whether a source is heard as it usually is, and how that is known. */
export function silenceWords(
  { state, weeks, usual_ms }: { state: Silence["state"]; weeks: number; usual_ms: Ms | null },
  lastMs: Ms | null,
): string {
  switch (state) {
    case "unheard":
      return "Nothing was heard of it yet.";
    case "unknown": {
      const known = weeks === 0 ? "No week is" : weeks === 1 ? "One week is" : `${weeks} weeks are`;
      return `${known} known of it: what is usual is said from ${LEAST_SILENCE_WEEKS} weeks on.`;
    }
    case "usual":
      return `In a week, its longest silence is usually ${roughly(usual_ms ?? 0)}.`;
    case "silent":
      return `Nothing was heard for ${roughly(lastMs ?? 0)}. In a week, its longest silence is usually ${roughly(usual_ms ?? 0)}.`;
    default:
      return state satisfies never;
  }
}
