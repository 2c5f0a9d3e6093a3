"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { shownMeetings, totalsNow } from "#components/sync/live-state.ts";
import { isOnLivePage, titleOf } from "#components/sync/meeting-order.ts";
import { useLive } from "#components/sync/use-live.ts";
import { useNow } from "#components/sync/use-now.ts";
import { Card } from "#components/ui/card.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { useWindowRows } from "#components/ui/use-window-rows.tsx";
import { grouped } from "#components/words/count.ts";
import { finder } from "#domain/identity/search.ts";
import type { LiveMeeting, LiveSnapshot } from "#domain/live/wire.ts";
import { AllQuiet } from "./all-quiet.tsx";
import { MeetingRow } from "./meeting-row.tsx";
import { MoreMeetings } from "./more-meetings.tsx";

const ROW_HEIGHT = 65;
const SEARCH_FROM = 16;
const NO_STEPS: LiveSnapshot["steps"][string] = [];

/** A row per meeting in progress, and a dimmed row per meeting that has just ended. */
export function MeetingsInProgress() {
  const meetings = useLive(shownMeetings);
  const steps = useLive(stepsOf);
  const isWhole = useLive((live) => live.frontier === null);
  const count = useLive((live) => totalsNow(live).meetings);
  const now = useNow(10_000);
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query);
  const shown = useMemo(() => meetings.filter((row) => isOnLivePage(row, now)), [meetings, now]);
  const isFound = useMemo(() => finder(asked), [asked]);
  const found = useMemo(
    () => shown.filter((meeting) => isFound(...textsOf(meeting))),
    [shown, isFound],
  );
  return (
    <Card
      title="Meetings in progress"
      note={count > 0 ? grouped(count) : undefined}
      aside={
        shown.length >= SEARCH_FROM ? (
          <SearchField label="Find a meeting" value={query} onChange={setQuery} />
        ) : (
          shown.length > 0 && <SparklineKey />
        )
      }
    >
      {shown.length === 0 && isWhole ? (
        <AllQuiet />
      ) : (
        <Rows meetings={found} steps={steps} query={asked} areAll={isWhole} />
      )}
      {!isWhole && <MoreMeetings shown={shown.length} query={asked} />}
    </Card>
  );
}

function Rows({
  meetings,
  steps,
  query,
  areAll,
}: {
  meetings: LiveMeeting[];
  steps: LiveSnapshot["steps"];
  query: string;
  /** There are no other meetings in progress. */
  areAll: boolean;
}) {
  const { list, rows, height, isWhole, measure, follower } = useWindowRows<HTMLUListElement>({
    count: meetings.length,
    sizeOf: () => ROW_HEIGHT,
    keyOf: (index) => meetings[index]?.id ?? "",
    keep: -1,
    coveredTop: 60,
  });
  if (meetings.length === 0) {
    if (query === "") return null;
    const none = areAll ? "No meeting matches" : "None of the meetings shown match";
    return (
      <p className="px-4.5 py-6 text-ink-2">
        {none} “{query}”.
      </p>
    );
  }
  return (
    <>
      <ul
        ref={list}
        className="relative overflow-hidden rounded-b-card"
        style={isWhole ? undefined : { height }}
      >
        {rows.map(({ key, index, top }) => {
          const meeting = meetings[index];
          if (meeting === undefined) return null;
          return (
            <li
              key={key}
              ref={measure}
              data-index={index}
              aria-setsize={meetings.length}
              aria-posinset={index + 1}
              className={isWhole ? "unseen" : "absolute inset-x-0 top-0"}
              style={isWhole ? undefined : { transform: `translateY(${top}px)` }}
            >
              <MeetingRow meeting={meeting} steps={steps[meeting.id] ?? NO_STEPS} />
            </li>
          );
        })}
      </ul>
      {follower}
    </>
  );
}

function stepsOf({ steps }: Pick<LiveSnapshot, "steps">): LiveSnapshot["steps"] {
  return steps;
}

function SparklineKey() {
  return (
    <span className="flex items-center gap-1.75 text-ink-2 text-caption max-sm:hidden">
      <span
        aria-hidden
        className="h-2.25 w-5 rounded-[3px] border-present border-t-[1.5px] bg-present-soft"
      />
      people over the last 30 min
    </span>
  );
}

/** The texts by which a meeting is found. */
function textsOf(meeting: LiveMeeting): (string | null)[] {
  const hosts = meeting.hosts.map(({ name }) => name);
  return [titleOf(meeting), meeting.room, meeting.source.name, ...hosts];
}
