"use client";

import { useMemo } from "react";
import { counted } from "#components/words/count.ts";
import type { MeetingStory } from "#domain/meeting.ts";
import { type Axis, outlineOf } from "#domain/timeline.ts";
import { TrackRow } from "./track-row.tsx";

const HEIGHT = 46;

/** How many were in, over the axis. */
export function PeopleArea({ story, axis }: { story: MeetingStory; axis: Axis }) {
  const most = story.peak?.count ?? 0;
  const line = useMemo(
    () =>
      outlineOf(story.steps, axis, most)
        .map(({ x, y }, index) => {
          const top = HEIGHT - 0.5 - (y / 100) * (HEIGHT - 4);
          return `${index === 0 ? "M" : "L"}${x.toFixed(2)},${top.toFixed(2)}`;
        })
        .join(""),
    [story, axis, most],
  );
  return (
    <TrackRow label="People" figure={story.presentCount}>
      <svg
        role="img"
        aria-label={`People over time: at most ${counted(most, "person", "people")} at once, ${story.presentCount} now`}
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        className="until-now block h-11.5 w-full"
      >
        <path d={`${line}V${HEIGHT}H0Z`} className="fill-present-soft" />
        <path
          d={line}
          className="fill-none stroke-present"
          strokeWidth="1.4"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </TrackRow>
  );
}
