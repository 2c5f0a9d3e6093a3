"use client";

import { memo, useRef } from "react";
import { useMedia } from "#components/ui/use-media.ts";
import { useWindowRows } from "#components/ui/use-window-rows.tsx";
import { grouped } from "#components/words/count.ts";
import type { Step } from "#domain/meeting/occupancy.ts";
import type { TimeWindow } from "#domain/meeting/window.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Axis } from "#domain/timeline/timeline.ts";
import { Crosshair } from "./crosshair.tsx";
import type { LaneRow } from "./lane-groups.ts";
import { LaneOption, placed } from "./lane-option.tsx";
import { TrackOverlay } from "./parts/track-row.tsx";
import { TickLines } from "./time-axis.tsx";
import { useLaneFocus, useLaneKeys } from "./use-lane-keys.ts";

/* The same as styles, for a list that is rendered whole: it has its height without a script. */
const GROUP_SIZE = "h-9";
const LANE_SIZE = "h-7.5 max-sm:h-12.5";
const RAW_SIZE = "h-10 max-sm:h-12.5";
const IN_TURN = { top: null, height: null };
const GROUP_HEIGHT = 36;
const LANE_HEIGHT = 30;
/** A connection has its person below its name. */
const RAW_HEIGHT = 40;
const STACKED_HEIGHT = 50;

/** A lane per person or per connection, in groups; a list to choose from by pointer and by keyboard. */
export const Lanes = memo(function Lanes({
  rows: all,
  total,
  raw,
  axis,
  at,
  window,
  steps,
  runs,
  selectedId,
  onSelect,
}: {
  rows: LaneRow[];
  total: number;
  raw: boolean;
  axis: Axis;
  at: Ms | null;
  window: TimeWindow | null;
  steps: readonly Step[];
  /** The meeting is in progress: there is a line at now. */
  runs: boolean;
  selectedId: string | null;
  onSelect: (id: string | null) => void;
}) {
  const isNarrow = useMedia("(width < 40rem)");
  const laneHeight = isNarrow ? STACKED_HEIGHT : raw ? RAW_HEIGHT : LANE_HEIGHT;
  const keys = useLaneKeys({ rows: all, selectedId, onSelect });
  const {
    list,
    rows,
    height: whole,
    isWhole,
    show,
    follower,
  } = useWindowRows<HTMLDivElement>({
    count: all.length,
    sizeOf: (index) => (all[index]?.kind === "group" ? GROUP_HEIGHT : laneHeight),
    keyOf: (index) => all[index]?.key ?? "",
    keep: keys.lane?.index ?? -1,
    coveredTop: 160,
  });
  useLaneFocus({ ...keys, list, show });
  const tracks = useRef<HTMLDivElement>(null);
  return (
    <div data-lanes className="relative">
      <TrackOverlay>
        <div ref={tracks} className="absolute inset-0">
          <TickLines axis={axis} />
          {runs && <span className="at-now absolute inset-y-0 w-[1.5px] bg-ink/12 sm:bg-ink/25" />}
        </div>
      </TrackOverlay>
      <div
        ref={list}
        role="listbox"
        aria-label={raw ? "Connections" : "People"}
        // A person is chosen with all their connections.
        aria-multiselectable={raw || undefined}
        tabIndex={-1}
        onClick={keys.onClick}
        onKeyDown={keys.onKeyDown}
        className="relative outline-none"
        style={isWhole ? undefined : { height: whole }}
      >
        {rows.map(({ key, index, ...box }) => {
          const row = all[index];
          if (row === undefined) return null;
          const { top, height } = isWhole ? IN_TURN : box;
          if (row.kind === "group") {
            return <GroupHead key={key} row={row} top={top} height={height} />;
          }
          return (
            <LaneOption
              key={key}
              index={index}
              view={row.view}
              owner={row.owner}
              position={row.position}
              total={total}
              axis={axis}
              at={at}
              window={window}
              isActive={index === keys.lane?.index}
              isSelected={row.owner.id === selectedId}
              size={raw ? RAW_SIZE : LANE_SIZE}
              top={top}
              height={height}
            />
          );
        })}
      </div>
      {follower}
      <Crosshair tracks={tracks} axis={axis} steps={steps} />
    </div>
  );
});

function GroupHead({
  row,
  top,
  height,
}: {
  row: Extract<LaneRow, { kind: "group" }>;
  top: number | null;
  height: number | null;
}) {
  return (
    <div
      role="presentation"
      className={`num flex items-end px-4 pb-1.25 font-firm text-ink-3 text-caption sm:px-4.5 ${top === null ? GROUP_SIZE : "absolute inset-x-0 top-0"}`}
      style={placed(top, height)}
    >
      {row.label} · {grouped(row.count)}
    </div>
  );
}
