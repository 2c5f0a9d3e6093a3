"use client";

import { useMemo } from "react";
import { useLive } from "#components/live/live-provider.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { ClockFace } from "#components/words/clock-face.ts";
import type { PersonStory } from "#domain/story.ts";
import { type Axis, type HostStretch, hostStretches, placeOf } from "#domain/timeline.ts";
import { TrackRow } from "./track-row.tsx";

const MOST_SAID = 12;

/** When there was a host, and when people were there without one. */
export function HostStrip({ people, axis }: { people: readonly PersonStory[]; axis: Axis }) {
  const { timeZone } = useLive();
  const face = ClockFace.in(timeZone);
  const stretches = useMemo(() => hostStretches(people), [people]);
  const said = stretches.map((stretch) => stretchWords(stretch, face));
  const more = said.length > MOST_SAID ? `, and ${said.length - MOST_SAID} more` : "";
  const summary =
    said.length === 0
      ? "Host: none reported"
      : `Host: ${said.slice(0, MOST_SAID).join(", ")}${more}`;
  return (
    <TrackRow label="Host">
      <div role="img" aria-label={summary} className="relative my-2 h-2">
        {stretches.length === 0 && <span className="absolute inset-y-[3.5px] inset-x-0 bg-line" />}
        {stretches.map((stretch, index) => {
          const { left, width } = placeOf(stretch, axis);
          return (
            <span
              key={`${stretch.from} ${stretch.person?.id ?? ""}`}
              title={said[index]}
              className={`bar absolute inset-y-0 min-w-0.75 rounded-xs ${stretch.person ? "bg-host" : "hatched"} ${stretch.inferred ? "opacity-50" : ""} ${width === null ? "to-now" : ""}`}
              style={{ left: `${left}%`, ...(width !== null && { width: `${width}%` }) }}
            />
          );
        })}
      </div>
    </TrackRow>
  );
}

function stretchWords({ person, from, to, inferred }: HostStretch, face: ClockFace): string {
  const who = person === null ? "nobody" : nameOf(person.name);
  const until = to === null ? "now" : face.minute(to);
  return `${who} ${face.minute(from)} – ${until}${inferred ? " (inferred)" : ""}`;
}
