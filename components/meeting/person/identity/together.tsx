"use client";

import { ArrowRight } from "lucide-react";
import { useMemo } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { useNow } from "#components/sync/use-now.ts";
import { PersonName } from "#components/ui/person-name.tsx";
import { formatDuration } from "#components/words/duration.ts";
import { outcomeWord } from "#components/words/wait-words.ts";
import { bothMs, previewAsOne } from "#domain/meeting/identity-correction-input.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { roomContextOf } from "#domain/meeting/meeting-facts.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { reportsOf } from "#domain/meeting/report.ts";
import type { Outcome } from "#domain/meeting/wait.ts";
import { waitKey } from "#domain/participant/room-context.ts";
import { lengthMs } from "#domain/time/interval.ts";

/** Previews what would change if two people were one. */
export function Together({
  person,
  other,
  facts,
}: {
  person: PersonView;
  other: PersonView;
  facts: MeetingFacts;
}) {
  const clockFormat = useClockFormat();
  const now = useNow();
  const { clock } = useLiveParts();
  const both = useMemo(
    () => previewTogether([person, other], facts, clock.exactly()),
    [person, other, facts, clock],
  );
  if (both === null) return null;
  const [one, another, all] = [person, other, both].map(({ attended }) => lengthMs(attended, now));
  const twiceMs = bothMs(person, other, now);
  return (
    <section aria-label="Together" className="num text-note text-ink-2">
      <p className="flex items-baseline gap-2">
        <span className="flex min-w-0 flex-1">
          <PersonName name={both.name} className="min-w-0 font-firm text-ink" />
        </span>
        {formatDuration(one ?? 0)} + {formatDuration(another ?? 0)}
        <ArrowRight aria-label="becomes" className="size-3 flex-none self-center text-ink-3" />
        <b className="font-firm text-ink">{formatDuration(all ?? 0)}</b>
      </p>
      <ul className="mt-1 grid gap-0.5">
        {twiceMs > 0 && (
          <li className="text-waiting-ink">
            They were in at the same time for {formatDuration(twiceMs)}; that counts once.
          </li>
        )}
        {outcomeChanges([person, other], both).map(({ key, at, before, after }) => (
          <li key={key}>
            The wait at {clockFormat.second(at)}: {outcomeWord(before)}
            <ArrowRight aria-label="becomes" className="mx-1 inline size-3 text-ink-3" />
            {outcomeWord(after)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function previewTogether(
  people: readonly PersonView[],
  facts: MeetingFacts,
  now: number,
): PersonView | null {
  const reports = reportsOf(facts.events, []);
  return previewAsOne(
    people,
    reports,
    { rules: facts.rules, elsewhere: roomContextOf(facts) },
    now,
  );
}

/** Waits that would have another outcome: one of the two was admitted, the other one counted as lost. */
function outcomeChanges(
  before: readonly PersonView[],
  { waits }: PersonView,
): { key: string; at: number; before: Outcome; after: Outcome }[] {
  const outcomes = new Map(
    before.flatMap((person) =>
      person.waits.map((wait) => [waitKey(wait.participantId, wait.startedAt), wait.outcome]),
    ),
  );
  return waits.flatMap(({ participantId, startedAt: at, outcome: after }) => {
    const key = waitKey(participantId, at);
    const previous = outcomes.get(key);
    return previous === undefined || previous === after
      ? []
      : [{ key, at, before: previous, after }];
  });
}
