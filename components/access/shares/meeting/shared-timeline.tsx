"use client";

import { memo, useMemo } from "react";
import { HostStrip } from "#components/meeting/host-strip.tsx";
import { type LaneRow, laneRows } from "#components/meeting/lane-groups.ts";
import { LaneContent } from "#components/meeting/lane-option.tsx";
import { NowScope } from "#components/meeting/now-scope.tsx";
import { TrackOverlay } from "#components/meeting/parts/track-row.tsx";
import { PeopleArea } from "#components/meeting/people-area.tsx";
import { TickLines, TimeAxis } from "#components/meeting/time-axis.tsx";
import { TimelineKey } from "#components/meeting/timeline-key.tsx";
import { Card } from "#components/ui/card.tsx";
import { grouped } from "#components/words/count.ts";
import type { HostHistory } from "#domain/meeting/host-history.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { Axis } from "#domain/timeline/timeline.ts";

const ALL = { raw: false, query: "", at: null, window: null };

/** Everything over one axis, as on the page of the meeting: people over time, hosts, and a lane for each person. */
export const SharedTimeline = memo(function SharedTimeline({
  view,
  axis,
  history,
}: {
  view: MeetingView;
  axis: Axis | null;
  history: HostHistory;
}) {
  const groups = useMemo(() => groupsOf(laneRows(view, ALL)), [view]);
  const runs = view.status !== "ended";
  return (
    <Card title="Timeline">
      {axis === null || groups.length === 0 ? (
        <p className="px-4.5 py-8 text-ink-2">Nobody has come yet.</p>
      ) : (
        <>
          <TimelineKey people={view.people} history={history} raw={false} />
          <NowScope axis={axis} runs={runs}>
            <div className="pt-1.5">
              <TimeAxis axis={axis} />
              <PeopleArea view={view} axis={axis} at={null} />
              <HostStrip history={history} axis={axis} isPast={false} />
            </div>
            <div className="relative">
              <TrackOverlay>
                <TickLines axis={axis} />
                {runs && (
                  <span className="at-now absolute inset-y-0 w-[1.5px] bg-ink/12 sm:bg-ink/25" />
                )}
              </TrackOverlay>
              {groups.map(({ label, lanes }) => (
                <section key={label} aria-label={label}>
                  <h3 className="num flex h-9 items-end px-4 pb-1.25 font-firm text-ink-3 text-caption sm:px-4.5">
                    {label} · {grouped(lanes.length)}
                  </h3>
                  <ul>
                    {lanes.map(({ key, owner }) => (
                      <li
                        key={key}
                        className="relative h-7.5 break-inside-avoid border-line/60 border-t max-sm:h-12.5"
                      >
                        <LaneContent
                          view={owner}
                          owner={owner}
                          axis={axis}
                          at={null}
                          window={null}
                          then={owner.status}
                        />
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
            </div>
          </NowScope>
        </>
      )}
    </Card>
  );
});

type Lane = Extract<LaneRow, { kind: "lane" }>;

function groupsOf(rows: readonly LaneRow[]): { label: string; lanes: Lane[] }[] {
  const groups: { label: string; lanes: Lane[] }[] = [];
  for (const row of rows) {
    if (row.kind === "group") groups.push({ label: row.label, lanes: [] });
    else groups.at(-1)?.lanes.push(row);
  }
  return groups;
}
