import { grouped } from "#components/words/count.ts";
import type { Counts } from "#domain/scheduled/attendance.ts";
import { STANDINGS } from "#domain/scheduled/standing.ts";
import { standingWords } from "./words.ts";

const DOTS = {
  present: "bg-present",
  waiting: "bg-waiting",
  lost: "bg-lost",
  host: "bg-host",
  plain: "bg-ink-3",
} as const;

/** The counts of a roster by standing, in a line; a standing that no person has is left out. */
export function CountsLine({ counts, isOver }: { counts: Counts; isOver: boolean }) {
  if (counts.people === 0) return <span className="text-ink-3">No roster</span>;
  return (
    <ul className="num flex flex-wrap gap-x-3 gap-y-0.5">
      {STANDINGS.filter((standing) => counts[standing] > 0).map((standing) => {
        const { word, tone } = standingWords(standing, isOver);
        return (
          <li key={standing} className="flex items-center gap-1.5 whitespace-nowrap">
            <span aria-hidden className={`size-1.75 rounded-full ${DOTS[tone]}`} />
            <span className="font-strong">{grouped(counts[standing])}</span>
            <span className="text-ink-2 lowercase">{word}</span>
          </li>
        );
      })}
    </ul>
  );
}
