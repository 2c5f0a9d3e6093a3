import { Card } from "#components/ui/card.tsx";
import { type Recorded, toEvent } from "#domain/event/recorded.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { type OneObserver, observersIn } from "#domain/meeting/observer.ts";
import { useClockFormat } from "./parts/use-clock-format.tsx";

const STATES: Readonly<Record<OneObserver["state"], string>> = {
  let_in: "watches",
  left: "watched",
  removed: "was removed",
  not_let_in: "was not let in",
};

/** Which bots saw a meeting that several watched, and when each of them did. */
export function BotsCard({ facts }: { facts: MeetingFacts }) {
  const format = useClockFormat();
  const bots = observersIn(facts.events.map((record: Recorded) => toEvent(record)));
  return (
    <Card title="Bots" note={bots.length}>
      <ul className="num grid gap-2 px-4.5 py-3 text-dense">
        {bots.map(({ key, state, from, to }) => (
          <li key={key ?? ""} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
            <span className="truncate font-medium">{key ?? facts.room}</span>
            <span className="text-ink-2">
              {format.minute(from)} – {to === null ? "now" : format.minute(to)}
            </span>
            <span className="col-span-2 text-note text-ink-3">{STATES[state]}</span>
          </li>
        ))}
      </ul>
      <p className="border-line border-t px-4.5 py-2.5 text-note text-ink-3">
        They watched at one address at one time, so this is one meeting, and nobody counts twice. It
        is a setting of the source.
      </p>
    </Card>
  );
}
