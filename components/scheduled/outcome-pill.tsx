import { Pill } from "#components/ui/pill.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import type { StartOutcome } from "#domain/scheduled/start-verdict.ts";
import type { Ms } from "#domain/time/ms.ts";
import { outcomeWords } from "./words.ts";

/** The verdict in a word, or when it is due. */
export function OutcomePill({
  outcome,
  at,
  face,
}: {
  outcome: StartOutcome | null;
  at: Ms;
  face: ClockFormat;
}) {
  if (outcome === null) {
    return <span className="num whitespace-nowrap text-ink-3">at {face.minute(at)}</span>;
  }
  const { word, tone } = outcomeWords(outcome);
  return <Pill tone={tone}>{word}</Pill>;
}
