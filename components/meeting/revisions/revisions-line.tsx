"use client";

import { History, X } from "lucide-react";
import { type MouseEvent, useId, useState } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { useClock, useNow } from "#components/sync/use-now.ts";
import { Button } from "#components/ui/button.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { agoWords } from "#components/words/ago-words.ts";
import { grouped } from "#components/words/count.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { RevisedPerson } from "#domain/meeting/revision.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Announcements } from "./announcements.ts";
import { revisionWords } from "./revision-words.ts";
import { type Announced, SHOWN_MS } from "./use-revisions.ts";

const FADES_MS = 10_000;
const LISTED = 50;

/** The line that lists what the page had shown otherwise. */
export function RevisionsLine({ announced, people, onChoose, onDismiss }: Announcements) {
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [latest, ...others] = announced;
  const isFading = useClock((now) => latest !== undefined && now - latest.at > SHOWN_MS - FADES_MS);
  if (latest === undefined) return null;
  return (
    <div
      className={`arrives num mt-3 rounded-lg border border-line bg-surface px-3.5 py-2 text-dense text-ink-2 motion-safe:transition-opacity motion-safe:duration-[8s] ${isFading ? "opacity-0 hover:opacity-100 focus-within:opacity-100" : ""}`}
    >
      <div className="flex items-start gap-2.5">
        <History aria-hidden className="mt-0.5 size-4 flex-none text-ink-3" />
        <p className="wrap-anywhere min-w-0 flex-1">
          Corrected
          {/* Its age changes each second, so it is not read out. */}
          <span aria-hidden>
            {" "}
            <Ago at={latest.at} />
          </span>
          {": "}
          {others.length === 0 ? (
            <Sentence announced={latest} people={people} onChoose={onChoose} />
          ) : (
            <>
              {grouped(announced.length)} things were shown differently{" "}
              <Button
                aria-expanded={isOpen}
                aria-controls={listId}
                onClick={() => setOpen(!isOpen)}
                look="link"
              >
                {isOpen ? "Hide" : "Show"}
              </Button>
            </>
          )}
        </p>
        <Button onClick={onDismiss} aria-label="Dismiss" look="close" className="-mr-1.5 flex-none">
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      {others.length > 0 && (
        <ul id={listId} hidden={!isOpen} className="mt-1 mb-0.5 grid gap-1 pl-6.5">
          {isOpen && (
            <>
              {announced.slice(0, LISTED).map((one) => (
                <li key={one.key}>
                  <Sentence announced={one} people={people} onChoose={onChoose} />
                </li>
              ))}
              {announced.length > LISTED && <li>and {grouped(announced.length - LISTED)} more</li>}
            </>
          )}
        </ul>
      )}
    </div>
  );
}

function Ago({ at }: { at: Ms }) {
  const now = useNow();
  return agoWords(Math.min(at, now), now, useClockFormat());
}

function Sentence({
  announced,
  people,
  onChoose,
}: {
  announced: Announced;
  people: readonly PersonView[];
  onChoose: (personId: string) => void;
}) {
  const clockFormat = useClockFormat();
  const { before, person, after } = revisionWords(announced.correction, clockFormat);
  return (
    <span>
      {before}
      {person !== null && <Who person={person} people={people} onChoose={onChoose} />}
      {after}
    </span>
  );
}

/** Leads to the person's lane, as long as there is one. */
function Who({
  person,
  people,
  onChoose,
}: {
  person: RevisedPerson;
  people: readonly PersonView[];
  onChoose: (personId: string) => void;
}) {
  const found = people.find(({ participantIds }) => participantIds.includes(person.participantId));
  if (found === undefined) return <PersonName name={person.name} className="font-firm text-ink" />;
  const choose = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onChoose(found.id);
    requestAnimationFrame(showChosenLane);
  };
  return (
    <a
      href={`?person=${encodeURIComponent(found.id)}`}
      onClick={choose}
      className="font-firm text-ink underline decoration-ink-3 underline-offset-2 hover:decoration-ink"
    >
      <PersonName name={found.name} />
    </a>
  );
}

function showChosenLane(): void {
  const lane = document.querySelector('[role="option"][aria-selected="true"]');
  lane?.scrollIntoView({ block: "center" });
}
