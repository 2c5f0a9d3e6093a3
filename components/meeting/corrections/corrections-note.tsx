"use client";

import { History, X } from "lucide-react";
import { useId, useState } from "react";
import { useNow } from "#components/live/use-now.ts";
import { useFace } from "#components/meeting/use-face.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { formatAgo } from "#components/words/duration.ts";
import type { MeetingStory } from "#domain/meeting.ts";
import { correctionWords } from "./correction-words.ts";
import { type Said, useCorrections } from "./use-corrections.ts";

/** Says quietly what turned out to be otherwise than this page said, newest first. */
export function CorrectionsNote({
  story,
  lens,
  onSelect,
}: {
  story: MeetingStory;
  lens: unknown;
  onSelect: (id: string) => void;
}) {
  const { said, dismiss } = useCorrections(story, lens);
  const [isOpen, setIsOpen] = useState(false);
  const list = useId();
  const [first, ...others] = said;
  return (
    <div role="status" aria-live="polite" aria-label="Corrections">
      {first !== undefined && (
        <section className="mt-3.5 flex items-start gap-2.5 rounded-lg border border-line bg-surface px-3.5 py-2 text-[13px] text-ink-2">
          <History aria-hidden className="mt-0.5 size-3.75 flex-none text-ink-3" />
          <div className="min-w-0 flex-1">
            <Line said={first} onSelect={onSelect} />
            {isOpen && (
              <ul id={list} className="mt-1 grid max-h-48 gap-1 overflow-y-auto">
                {others.map((one) => (
                  <li key={one.key}>
                    <Line said={one} onSelect={onSelect} />
                  </li>
                ))}
              </ul>
            )}
          </div>
          {others.length > 0 && (
            <button
              type="button"
              aria-expanded={isOpen}
              aria-controls={isOpen ? list : undefined}
              onClick={() => setIsOpen(!isOpen)}
              className="num -my-0.5 flex-none rounded-md px-1.5 py-0.5 text-ink-2 hover:bg-sunken hover:text-ink"
            >
              {isOpen ? "fewer" : `${others.length} more`}
            </button>
          )}
          <button
            type="button"
            aria-label="Dismiss corrections"
            onClick={() => {
              setIsOpen(false);
              dismiss();
            }}
            className="-my-0.5 -mr-1.5 flex-none rounded-md p-1 text-ink-3 hover:bg-sunken hover:text-ink"
          >
            <X aria-hidden className="size-3.75" />
          </button>
        </section>
      )}
    </div>
  );
}

function Line({ said, onSelect }: { said: Said; onSelect: (id: string) => void }) {
  const face = useFace();
  const { person } = said.correction;
  return (
    <p className="wrap-anywhere">
      <span className="num text-ink-3">
        corrected <Ago since={said.at} />:
      </span>{" "}
      <button
        type="button"
        onClick={() => onSelect(person.id)}
        className="rounded-sm font-[540] text-ink underline decoration-line underline-offset-3 hover:decoration-current"
      >
        <bdi>{nameOf(person.name)}</bdi>
      </button>
      {correctionWords(said.correction, face)}
    </p>
  );
}

function Ago({ since }: { since: number }) {
  return formatAgo(useNow() - since);
}
