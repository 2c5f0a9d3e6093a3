"use client";

import { useRef } from "react";
import { useMedia } from "#components/ui/use-media.ts";
import { useWindowRows } from "#components/ui/use-window-rows.ts";
import type { Step } from "#domain/occupancy.ts";
import type { Axis } from "#domain/timeline.ts";
import { Crosshair } from "./crosshair.tsx";
import type { LaneRow } from "./lane-groups.ts";
import { LaneOption } from "./lane-option.tsx";
import { TickLines } from "./time-axis.tsx";
import { TRACK_COLUMNS } from "./track-row.tsx";
import { useLaneFocus, useLaneKeys } from "./use-lane-keys.ts";

const GROUP_HEIGHT = 36;
const LANE_HEIGHT = 30;
const STACKED_HEIGHT = 50;

/** A lane per person, in groups; a list to choose from by pointer and by keyboard. */
export function Lanes({
  rows: all,
  total,
  axis,
  steps,
  runs,
  selectedId,
  onSelect,
}: {
  rows: LaneRow[];
  total: number;
  axis: Axis;
  steps: readonly Step[];
  /** The meeting goes on: there is a line at now. */
  runs: boolean;
  selectedId: string | null;
  onSelect: (id: string | null) => void;
}) {
  const laneHeight = useMedia("(width < 40rem)") ? STACKED_HEIGHT : LANE_HEIGHT;
  const keys = useLaneKeys({ rows: all, selectedId, onSelect });
  const { list, rows, height, virtualizer } = useWindowRows<HTMLDivElement>({
    count: all.length,
    sizeOf: (index) => (all[index]?.kind === "group" ? GROUP_HEIGHT : laneHeight),
    keyOf: (index) => all[index]?.key ?? "",
    keep: keys.activeIndex,
    coveredTop: 160,
  });
  const show = (index: number) => virtualizer.scrollToIndex(index, { align: "auto" });
  useLaneFocus({ ...keys, list, show });
  const tracks = useRef<HTMLDivElement>(null);
  return (
    <div className="relative">
      <div aria-hidden className={`pointer-events-none absolute inset-0 ${TRACK_COLUMNS}`}>
        <div className="max-sm:hidden" />
        <div ref={tracks} className="relative h-full">
          <TickLines axis={axis} />
          {runs && <span className="at-now absolute inset-y-0 w-[1.5px] bg-ink/12 sm:bg-ink/25" />}
        </div>
      </div>
      <div
        ref={list}
        role="listbox"
        aria-label="People"
        tabIndex={-1}
        onClick={keys.onClick}
        onKeyDown={keys.onKeyDown}
        className="relative outline-none"
        style={{ height }}
      >
        {rows.map(({ key, index, top, height: size }) => {
          const row = all[index];
          if (row === undefined) return null;
          if (row.kind === "group") {
            const style = { transform: `translateY(${top}px)`, height: size };
            return <GroupHead key={key} row={row} style={style} />;
          }
          return (
            <LaneOption
              key={key}
              index={index}
              person={row.person}
              position={row.position}
              total={total}
              axis={axis}
              isActive={index === keys.activeIndex}
              isSelected={row.person.id === selectedId}
              top={top}
              height={size}
            />
          );
        })}
      </div>
      <Crosshair tracks={tracks} axis={axis} steps={steps} />
    </div>
  );
}

function GroupHead({
  row,
  style,
}: {
  row: Extract<LaneRow, { kind: "group" }>;
  style: React.CSSProperties;
}) {
  return (
    <div
      role="presentation"
      className="num absolute inset-x-0 top-0 flex items-end px-4 pb-1.25 font-[540] text-ink-3 text-xs sm:px-4.5"
      style={style}
    >
      {row.label} · {row.count}
    </div>
  );
}
