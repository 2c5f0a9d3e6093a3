"use client";

import { memo } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Card } from "#components/ui/card.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Running } from "#components/ui/running.tsx";
import { formatDuration } from "#components/words/duration.ts";
import { outcomeWord } from "#components/words/wait-words.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { Wait } from "#domain/meeting/wait.ts";

/** Who waited to be let in, for how long, and how it ended; the latest first. */
export const SharedWaits = memo(function SharedWaits({
  people,
}: {
  people: readonly PersonView[];
}) {
  const waits = people
    .flatMap(({ id, name, waits: own }) => own.map((wait) => ({ id, name, wait })))
    .toSorted((a, b) => b.wait.startedAt - a.wait.startedAt);
  return (
    <Card title="Waits" note={waits.length === 0 ? undefined : waits.length}>
      {waits.length === 0 ? (
        <p className="px-4.5 py-3.5 text-dense text-ink-2">Nobody waited to be let in.</p>
      ) : (
        <ul className="num grid grid-cols-[minmax(0,1fr)] gap-2.5 px-4.5 py-3">
          {waits.map(({ id, name, wait }) => (
            <WaitLine key={`${id} ${wait.startedAt}`} name={name} wait={wait} />
          ))}
        </ul>
      )}
    </Card>
  );
});

function WaitLine({ name, wait }: { name: string | null; wait: Wait }) {
  const clockFormat = useClockFormat();
  const { startedAt, endedAt, outcome } = wait;
  const isOpen = outcome === "waiting";
  return (
    <li>
      <span className="flex items-baseline justify-between gap-3">
        <PersonName name={name} className={`min-w-0 ${isOpen ? "font-firm" : "text-ink-2"}`} />
        <span className={`flex-none font-firm ${isOpen ? "text-waiting-ink" : ""}`}>
          {isOpen && <Running since={startedAt} />}
          {endedAt !== null && (wait.inferred ? "≈ " : "") + formatDuration(endedAt - startedAt)}
        </span>
      </span>
      <span className="block text-ink-3 text-caption">
        {outcomeWord(outcome)}, from {clockFormat.second(startedAt)}
      </span>
    </li>
  );
}
