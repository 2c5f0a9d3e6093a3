import { Hand, Merge, X } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { HostHistory } from "#domain/meeting/host-history.ts";
import { oncePer } from "#domain/meeting/once-per.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";

/** The meaning of the timeline's shapes: the general ones, and those that occur in this meeting. */
export const TimelineKey = memo(function TimelineKey({
  people,
  history,
  raw,
}: {
  people: readonly PersonView[];
  history: HostHistory;
  raw: boolean;
}) {
  const { stretches: periods, handOvers } = history;
  const has = {
    firstSeen: people.some((person) => visitsHave(person).firstSeen),
    unknown: people.some((person) => visitsHave(person).unknown),
    byName: people.some(({ identifiedBy }) => identifiedBy === "name"),
    byHand: people.some(({ rulings: corrections }) => corrections.length > 0),
    nobody: periods.some(({ kind }) => kind === "nobody"),
    uncertain: periods.some(({ kind }) => kind === "uncertain"),
  };
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 pt-3 pb-1 text-ink-2 text-caption sm:px-4.5">
      <Entry swatch={<span className="h-2.25 w-5 rounded-[3px] bg-present" />}>
        in the meeting
      </Entry>
      <Entry swatch={<span className="stripes h-1.5 w-5 rounded-xs" />}>waiting</Entry>
      {!raw && (
        <Entry swatch={<span className="w-5 border-present border-t-2 border-dotted" />}>
          reconnected
        </Entry>
      )}
      <Entry swatch={<X className="size-3 text-lost" strokeWidth={3} />}>
        left before admitted
      </Entry>
      <Entry swatch={<span className="fades h-2.25 w-5 rounded-[3px] bg-present" />}>
        end inferred
      </Entry>
      {has.unknown && (
        <Entry
          swatch={
            <span className="h-2.25 w-5 rounded-[3px] border border-present border-dashed opacity-70" />
          }
        >
          not heard of any more, counts for nothing
        </Entry>
      )}
      {has.firstSeen && (
        <Entry swatch={<span className="opens h-2.25 w-6 rounded-[3px] bg-present" />}>
          from when the bot saw them
        </Entry>
      )}
      <Entry swatch={<span className="h-1 w-5 rounded-xs bg-host" />}>host</Entry>
      {handOvers.length > 0 && (
        <Entry swatch={<span className="h-3 w-0.75 rounded-full bg-ink" />}>hand-over</Entry>
      )}
      {has.uncertain && (
        <Entry swatch={<span className="unsure h-2 w-5 rounded-xs" />}>
          host for a part of it, nobody knows which
        </Entry>
      )}
      {has.nobody && (
        <Entry swatch={<span className="hatched h-2 w-5 rounded-xs" />}>nobody hosts</Entry>
      )}
      {has.byName && !raw && (
        <Entry swatch={<Merge className="size-3 text-ink-3" strokeWidth={2.2} />}>
          one person by name
        </Entry>
      )}
      {has.byHand && !raw && (
        <Entry swatch={<Hand className="size-3 text-ink-3" strokeWidth={2.2} />}>
          joined or separated by hand
        </Entry>
      )}
    </ul>
  );
});

const visitsHave = oncePer(({ visits }: PersonView) => ({
  firstSeen: visits.some(({ start }) => start === "first_seen"),
  unknown: visits.some(({ leftBy }) => leftBy !== undefined),
}));

function Entry({ swatch, children }: { swatch: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className="flex items-center">
        {swatch}
      </span>
      {children}
    </li>
  );
}
