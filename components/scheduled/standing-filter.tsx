import { Button } from "#components/ui/button.tsx";
import { InfoTip } from "#components/ui/info-tip.tsx";
import type { StatTone } from "#components/ui/stats.tsx";
import { grouped } from "#components/words/count.ts";
import type { Counts } from "#domain/scheduled/attendance.ts";
import { type RosterStanding, STANDINGS } from "#domain/scheduled/standing.ts";
import { STANDING_FORMULAS, standingWords } from "./words.ts";

const DOTS: Record<StatTone | "plain", string> = {
  present: "bg-present",
  waiting: "bg-waiting",
  lost: "bg-lost",
  host: "bg-host",
  plain: "bg-ink-3",
};

/**
 * The number of people by standing; each number filters the roster by it. Only standings that are still
 * possible, or occurred, are listed.
 */
export function StandingFilter({
  counts,
  isOver,
  chosen,
  onChoose,
}: {
  counts: Counts;
  isOver: boolean;
  chosen: RosterStanding | null;
  onChoose: (standing: RosterStanding | null) => void;
}) {
  const over: readonly RosterStanding[] = ["late", "expected"];
  const shown = STANDINGS.filter((standing) =>
    isOver ? !over.includes(standing) || counts[standing] > 0 : standing !== "absent",
  );
  return (
    <ul
      aria-label="Status"
      className="flex flex-wrap gap-px overflow-hidden rounded-card border border-line bg-line shadow-card"
    >
      {shown.map((standing) => {
        const { word, tone } = standingWords(standing, isOver);
        const isChosen = chosen === standing;
        return (
          <li
            key={standing}
            className={`relative min-w-0 grow basis-[calc(50%-1px)] sm:basis-[calc(33.3%-1px)] lg:basis-0 ${isChosen ? "bg-sunken" : "bg-surface"}`}
          >
            <Button
              aria-pressed={isChosen}
              onClick={() => onChoose(isChosen ? null : standing)}
              look="row"
              className="block w-full px-3.5 py-3 sm:px-4.5"
            >
              <span className="flex items-center gap-1.75 text-note text-ink-2">
                <span aria-hidden className={`size-2 flex-none rounded-full ${DOTS[tone]}`} />
                {word}
              </span>
              <span className="num mt-0.5 block font-strong text-tally tracking-number">
                {grouped(counts[standing])}
              </span>
              {standing === (isOver ? "left" : "present") && counts.cameLate > 0 && (
                <span className="num block text-ink-3 text-caption">
                  {counts.cameLate} came late
                </span>
              )}
            </Button>
            <span className="absolute top-2.5 right-2.5">
              <InfoTip about={word}>{STANDING_FORMULAS[standing]}</InfoTip>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
