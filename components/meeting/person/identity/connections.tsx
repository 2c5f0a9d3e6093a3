"use client";

import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Button } from "#components/ui/button.tsx";
import { MoreButton, useFirst } from "#components/ui/first.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { grouped } from "#components/words/count.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { Participant } from "#domain/participant/participant.ts";

const SHOWN = 6;

/** The connections that count as one person, each with a button that takes it out for those who may. */
export function Connections({
  person,
  mayPart,
  underWay,
  onPart,
  onPartAll,
}: {
  person: PersonView;
  mayPart: boolean;
  underWay: string | null;
  onPart: (participantId: string) => void;
  onPartAll: () => void;
}) {
  const clockFormat = useClockFormat();
  const { participants, identifiedBy } = person;
  const { shown, more, showAll } = useFirst(participants, SHOWN);
  return (
    <div className="mb-3">
      <h3 className="font-firm text-ink">
        {identifiedBy === "name" ? "Taken as one person by name" : "One person"}
      </h3>
      <ul aria-label="Connections of this person" className="mt-1.5 grid gap-1.5">
        {shown.map((participant) => (
          <li key={participant.id} className="flex items-baseline gap-2">
            <span className="flex min-w-0 flex-1 flex-col">
              <PersonName name={participant.name} className="text-ink" />
              <span className="num text-ink-3 text-caption" title={participant.id}>
                {timesOf(participant, clockFormat)}
              </span>
            </span>
            {mayPart && (
              <Button
                disabled={underWay !== null}
                onClick={() => onPart(participant.id)}
                aria-label={`${wordsFor(participant, clockFormat)}: not the same person`}
                look="words"
                className="flex-none text-ink-2 disabled:no-underline"
              >
                {underWay === `not ${participant.id}` ? "Saving…" : "Not the same person"}
              </Button>
            )}
          </li>
        ))}
        {more > 0 && (
          <li>
            <MoreButton count={more} onShow={showAll} />
          </li>
        )}
      </ul>
      {mayPart && participants.length > 2 && (
        <Button
          disabled={underWay !== null}
          onClick={onPartAll}
          look="words"
          className="mt-2 text-ink-2"
        >
          {underWay === "nobody"
            ? "Saving…"
            : `All ${grouped(participants.length)} are different people`}
        </Button>
      )}
    </div>
  );
}

function wordsFor(participant: Participant, clockFormat: ClockFormat): string {
  return `${participant.name ?? "Unnamed guest"}, ${timesOf(participant, clockFormat)}`;
}

/** From when to when a connection was in or waiting. */
function timesOf({ visits, knocks }: Participant, clockFormat: ClockFormat): string {
  const begins = [...visits.map(({ joinedAt }) => joinedAt), ...knocks.map((k) => k.startedAt)];
  const ends = [...visits.map(({ leftAt }) => leftAt), ...knocks.map((k) => k.stoppedAt)];
  if (begins.length === 0) return "never seen";
  const last = visits.some(({ leftAt }) => leftAt === null) ? null : latest(ends);
  const first = Math.min(...begins);
  return `${clockFormat.second(first)} – ${last === null ? "" : clockFormat.after(first).second(last)}`;
}

function latest(times: readonly (number | null)[]): number | null {
  const reported = times.filter((time) => time !== null);
  return reported.length === 0 ? null : Math.max(...reported);
}
