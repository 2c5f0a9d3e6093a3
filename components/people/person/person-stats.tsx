import { Stat, Stats } from "#components/ui/stats.tsx";
import { boundedLength, unknownWords } from "#components/words/certainty-words.ts";
import { counted, grouped, percent } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { LOST_FORMULA, leftFormula } from "#components/words/wait-formulas.ts";
import { AVERAGE_FORMULA } from "#components/words/wait-time-formulas.ts";
import { attendedUntil, averageWaitMs, type PersonFigures } from "#domain/people/people.ts";
import { shareOf } from "#domain/people/person.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What the person did in the period, in five numbers. */
export function PersonStats({
  figures,
  heldMs,
  now,
}: {
  figures: PersonFigures;
  heldMs: Ms;
  now: Ms;
}) {
  const attended = attendedUntil(figures, now);
  const average = averageWaitMs(figures);
  const isIn = figures.openCount > 0;
  return (
    <Stats label="In this period" columns={5}>
      <Stat
        label="Meetings"
        formula="Meetings they came to or waited for, each counted once. A meeting counts on the day they first came or knocked, in the chosen time zone."
      >
        {grouped(figures.meetings)}
      </Stat>
      <Stat
        label="Attended"
        tone="present"
        formula="Σ over meetings of the union of their visits, gaps up to the grace joined. Waiting is no part of it."
        note={
          figures.unknownMs > 0
            ? unknownWords(figures.unknownMs)
            : isIn
              ? "in a meeting now, counted up to when this was read"
              : undefined
        }
      >
        {boundedLength(formatDuration(attended), figures.unknownMs > 0 ? "at_least" : null)}
      </Stat>
      <Stat
        label="Share"
        formula="Attended ÷ Σ of the lengths of the meetings they were at. What goes on counts up to now."
        note={heldMs > 0 ? `of ${formatDuration(heldMs)}` : undefined}
      >
        {percent(shareOf(attended, heldMs)) ?? "–"}
      </Stat>
      <Stat
        label="Waits"
        tone="waiting"
        formula={`How often they began to wait. ${AVERAGE_FORMULA}`}
        note={average === null ? undefined : `avg ${formatDuration(average)} until admitted`}
      >
        {grouped(figures.waitCount)}
      </Stat>
      <Stat
        label="Left before admitted"
        tone="lost"
        formula={`${leftFormula()} ${LOST_FORMULA}`}
        note={
          figures.leftCount > 0
            ? `lost in ${counted(figures.lostMeetings, "meeting", "meetings")}`
            : undefined
        }
      >
        {grouped(figures.leftCount)}
      </Stat>
    </Stats>
  );
}
