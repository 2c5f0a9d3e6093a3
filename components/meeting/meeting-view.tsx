"use client";

import { useCallback, useState } from "react";
import { useMeeting } from "#components/live/use-meeting.ts";
import { useStory } from "#components/live/use-story.ts";
import { useMedia } from "#components/ui/use-media.ts";
import type { MeetingFacts } from "#domain/wire.ts";
import { HostHistory } from "./host-history.tsx";
import { MeetingHead } from "./meeting-head.tsx";
import { MeetingHeadline } from "./meeting-headline.tsx";
import { PersonPanel } from "./person-panel.tsx";
import { PersonSheet } from "./person-sheet.tsx";
import { TimelineCard } from "./timeline-card.tsx";

/** One meeting, live: its numbers, a lane per person, and why each number is what it is. */
export function MeetingView({ facts: opened }: { facts: MeetingFacts }) {
  const facts = useMeeting(opened);
  const story = useStory(facts);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const isNarrow = useMedia("(width < 80rem)");
  const selected = story.people.find(({ id }) => id === selectedId) ?? null;
  const clear = useCallback(() => setSelectedId(null), []);
  const waiting = story.waitingCount > 0 ? `(${story.waitingCount} waiting) ` : "";
  return (
    <>
      <title>{`${waiting}${facts.title ?? facts.room} · Rollcall`}</title>
      <MeetingHead facts={facts} story={story} />
      <div className="my-4.5">
        <MeetingHeadline story={story} />
      </div>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_318px]">
        <TimelineCard story={story} selectedId={selectedId} onSelect={setSelectedId} />
        <aside
          aria-label="Details"
          className="grid grid-cols-[minmax(0,1fr)] gap-5 xl:sticky xl:top-5"
        >
          {!isNarrow && (
            <div className="max-xl:hidden">
              <PersonPanel person={selected} story={story} rules={facts.rules} onClose={clear} />
            </div>
          )}
          <HostHistory people={story.people} />
        </aside>
      </div>
      {isNarrow && (
        <PersonSheet person={selected} story={story} rules={facts.rules} onClose={clear} />
      )}
    </>
  );
}
