"use client";

import { Crown } from "lucide-react";
import { memo, useMemo } from "react";
import { useLive } from "#components/live/live-provider.tsx";
import { useNow } from "#components/live/use-now.ts";
import { PersonName } from "#components/ui/person-name.tsx";
import { ClockFace } from "#components/words/clock-face.ts";
import type { PersonStory } from "#domain/story.ts";
import { type Axis, laneOf } from "#domain/timeline.ts";
import { LaneBars } from "./lane-bars.tsx";
import { LaneTime } from "./lane-time.tsx";
import { laneSentence } from "./person-words.ts";

/** What is read out need not follow every second. */
const SAID_EVERY_MS = 15_000;

/** One person's lane: a choice in the list. */
export const LaneOption = memo(function LaneOption({
  person,
  index,
  position,
  total,
  axis,
  isActive,
  isSelected,
  top,
  height,
}: {
  person: PersonStory;
  index: number;
  position: number;
  total: number;
  axis: Axis;
  isActive: boolean;
  isSelected: boolean;
  top: number;
  height: number;
}) {
  const { timeZone } = useLive();
  const now = useNow(SAID_EVERY_MS);
  const sentence = useMemo(
    () => laneSentence(person, ClockFace.in(timeZone), now),
    [person, timeZone, now],
  );
  return (
    <div
      role="option"
      aria-label={sentence}
      aria-selected={isSelected}
      aria-setsize={total}
      aria-posinset={position}
      tabIndex={isActive ? 0 : -1}
      data-index={index}
      className={`absolute inset-x-0 top-0 cursor-pointer border-line/60 border-t outline-none focus-visible:z-1 focus-visible:outline-2 focus-visible:outline-focus focus-visible:-outline-offset-2 ${isSelected ? "bg-ink/6" : "hover:bg-ink/3"}`}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <LaneContent person={person} axis={axis} />
    </div>
  );
});

/** What a lane shows of its person: the same, wherever in the list it stands. */
const LaneContent = memo(function LaneContent({
  person,
  axis,
}: {
  person: PersonStory;
  axis: Axis;
}) {
  const faded = person.status === "left" || person.status === "not_admitted" ? "text-ink-2" : "";
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)_auto] grid-rows-[24px_25px] items-center px-4 sm:grid-cols-[172px_minmax(0,1fr)_66px] sm:grid-rows-1 sm:px-4.5">
      <span className={`flex min-w-0 items-center gap-1.75 pr-3 font-medium ${faded}`}>
        {person.isHost && (
          <Crown aria-hidden className="size-3.25 flex-none text-host" strokeWidth={2.4} />
        )}
        <PersonName name={person.name} className="min-w-0" />
      </span>
      <LaneBars lane={laneOf(person, axis)} />
      <span className="num text-right text-[12.5px] text-ink-2 max-sm:col-start-2 max-sm:row-start-1">
        <LaneTime person={person} />
      </span>
    </div>
  );
});
