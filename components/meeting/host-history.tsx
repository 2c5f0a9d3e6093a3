"use client";

import { useMemo } from "react";
import { useLive } from "#components/live/live-provider.tsx";
import { Card } from "#components/ui/card.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { ClockFace } from "#components/words/clock-face.ts";
import type { Ms } from "#domain/event.ts";
import type { PersonStory } from "#domain/story.ts";
import { hostStretches } from "#domain/timeline.ts";

const MOST_SHOWN = 14;

/** Who was host when, and when nobody was. */
export function HostHistory({ people }: { people: readonly PersonStory[] }) {
  const { timeZone } = useLive();
  const face = ClockFace.in(timeZone);
  const stretches = useMemo(() => hostStretches(people), [people]);
  const shown = stretches.slice(-MOST_SHOWN);
  const earlier = stretches.length - shown.length;
  return (
    <Card title="Host history">
      {stretches.length === 0 ? (
        <p className="px-4.5 py-3.5 text-[13px] text-ink-2">The provider has reported no host.</p>
      ) : (
        <ol className="num grid gap-1.75 px-4.5 py-3">
          {earlier > 0 && <li className="text-[12.5px] text-ink-3">{earlier} earlier</li>}
          {shown.map(({ from, to, person, inferred }) => (
            <li
              key={`${from} ${person?.id ?? ""}`}
              className="flex items-baseline justify-between gap-3"
            >
              {person === null ? (
                <span className="text-lost-ink">✕ nobody</span>
              ) : (
                <PersonName name={person.name} className="min-w-0 text-ink-2" />
              )}
              <span className="flex-none font-[540]">
                {inferred && "≈ "}
                {stretchTimes(face, from, to)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

/** To the minute, unless that would make it begin and end at once. */
function stretchTimes(face: ClockFace, from: Ms, to: Ms | null): string {
  if (to === null) return `${face.minute(from)} – now`;
  const [begin, end] = [face.minute(from), face.minute(to)];
  return begin === end ? `${face.second(from)} – ${face.second(to)}` : `${begin} – ${end}`;
}
