"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { Card } from "#components/ui/card.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import type { MeetingStory } from "#domain/meeting.ts";
import { HostStrip } from "./host-strip.tsx";
import { laneRows } from "./lane-groups.ts";
import { Lanes } from "./lanes.tsx";
import { NowScope } from "./now-scope.tsx";
import { PeopleArea } from "./people-area.tsx";
import { TimeAxis } from "./time-axis.tsx";
import { TimelineKey } from "./timeline-key.tsx";
import { useAxis } from "./use-axis.ts";

const SEARCH_FROM = 12;

/** Everything over one axis: people over time, hosts, and a lane per person. */
export function TimelineCard({
  story,
  selectedId,
  onSelect,
}: {
  story: MeetingStory;
  selectedId: string | null;
  onSelect: (id: string | null) => void;
}) {
  const axis = useAxis(story);
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query);
  const rows = useMemo(() => laneRows(story.people, asked), [story, asked]);
  const runs = story.status !== "ended";
  const found = rows.filter(({ kind }) => kind === "person").length;
  return (
    <Card
      title="Timeline"
      note={asked.trim() === "" ? undefined : `${found} of ${story.people.length}`}
      aside={
        story.people.length >= SEARCH_FROM && (
          <SearchField label="Find a person" value={query} onChange={setQuery} />
        )
      }
    >
      {axis === null || story.people.length === 0 ? (
        <p className="px-4.5 py-8 text-ink-2">Nobody has come yet.</p>
      ) : (
        <>
          <TimelineKey />
          <NowScope axis={axis} runs={runs}>
            <div className="sticky top-13 z-10 bg-surface pt-1.5 lg:top-0">
              <TimeAxis axis={axis} />
              <PeopleArea story={story} axis={axis} />
              <HostStrip people={story.people} axis={axis} />
            </div>
            {rows.length === 0 ? (
              <p className="px-4.5 py-6 text-ink-2">Nobody’s name matches “{asked}”.</p>
            ) : (
              <Lanes
                rows={rows}
                total={found}
                axis={axis}
                steps={story.steps}
                runs={runs}
                selectedId={selectedId}
                onSelect={onSelect}
              />
            )}
          </NowScope>
        </>
      )}
    </Card>
  );
}
