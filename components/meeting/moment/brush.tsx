"use client";

import { type KeyboardEvent, useRef } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import type { TimeWindow } from "#domain/meeting/window.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Axis, percentOf } from "#domain/timeline/timeline.ts";
import { momentAfter, momentAt, type Reach } from "./moment-keys.ts";
import { useReach } from "./use-reach.ts";
import { useTrackDrag } from "./use-track-drag.ts";

/** A shorter move is a press, not a drag. */
const DRAG_PX = 4;
const SHORTEST_MS = 1000;

type Grip =
  | { kind: "new" | "edge"; anchor: Ms }
  | { kind: "whole"; window: TimeWindow; taken: number };

/**
 * Lies over the people strip: a drag makes a window, which is moved by its middle and changed by its edges. The edges
 * are sliders for the keyboard; without a window they are at the two ends.
 */
export function Brush({
  axis,
  runs,
  window,
  onChange,
}: {
  axis: Axis;
  runs: boolean;
  window: TimeWindow | null;
  onChange: (window: TimeWindow | null) => void;
}) {
  const clockFormat = useClockFormat();
  const track = useRef<HTMLDivElement>(null);
  const grip = useRef<Grip | null>(null);
  const reachOf = useReach(axis, runs);

  const drag = useTrackDrag(track, {
    press: ({ share }, target) => {
      grip.current = gripOf(target, share, window, axis, reachOf());
    },
    move: ({ share, movedPx }) => {
      if (grip.current === null || (grip.current.kind === "new" && movedPx < DRAG_PX)) return;
      onChange(windowOf(grip.current, share, axis, reachOf()));
    },
    release: ({ movedPx }) => {
      if (grip.current?.kind === "new" && movedPx < DRAG_PX) onChange(null);
      grip.current = null;
    },
  });

  const onKeyDown = (edge: "from" | "to") => (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const reach = reachOf();
    const current = window ?? { from: reach.from, to: reach.until };
    const at = momentAfter(event, current[edge], reach);
    if (at === null) return;
    event.preventDefault();
    onChange(withEdge(current, edge, at, reach));
  };

  const left = window === null ? 0 : percentOf(window.from, axis);
  const right = window === null ? null : percentOf(window.to, axis);
  return (
    <div
      ref={track}
      {...drag}
      className="absolute inset-0 z-3 cursor-crosshair touch-pan-y select-none"
      title={window === null ? "Draw over it to see who was there" : undefined}
    >
      {window !== null && right !== null && (
        <span
          data-grip="whole"
          className="absolute -inset-y-0.5 cursor-grab rounded-[3px] border-focus border-x-2 bg-focus/14 active:cursor-grabbing"
          style={{ left: `${left}%`, width: `${right - left}%` }}
        />
      )}
      {(["from", "to"] as const).map((edge) => (
        <Edge
          key={edge}
          edge={edge}
          leftPercent={edge === "from" ? left : right}
          axis={axis}
          reach={reachOf()}
          window={window}
          clockFormat={clockFormat}
          onKeyDown={onKeyDown(edge)}
        />
      ))}
    </div>
  );
}

function Edge({
  edge,
  leftPercent,
  axis,
  reach,
  window,
  clockFormat,
  onKeyDown,
}: {
  edge: "from" | "to";
  /** Its position in percent; `null`: at now. */
  leftPercent: number | null;
  axis: Axis;
  reach: Reach;
  window: TimeWindow | null;
  clockFormat: ClockFormat;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const secondsFrom = (at: Ms) => Math.max(0, Math.round((at - axis.from) / 1000));
  const at = window?.[edge] ?? (edge === "from" ? reach.from : reach.until);
  const unset = edge === "from" ? "the beginning" : "now";
  return (
    <div
      role="slider"
      tabIndex={0}
      data-grip={edge}
      aria-label={edge === "from" ? "Window from" : "Window to"}
      aria-valuemin={0}
      aria-valuemax={secondsFrom(reach.until)}
      aria-valuenow={secondsFrom(at)}
      aria-valuetext={window === null ? unset : clockFormat.second(window[edge])}
      onKeyDown={onKeyDown}
      className={`group -translate-x-1/2 absolute inset-y-0 z-1 grid w-5 place-items-center outline-none ${window === null ? "pointer-events-none opacity-0 focus-visible:opacity-100" : "cursor-col-resize"} ${leftPercent === null ? "at-now" : ""}`}
      style={leftPercent === null ? undefined : { left: `${leftPercent}%` }}
    >
      <span className="bar h-5 w-1.75 rounded-full border-2 border-surface bg-focus outline-focus outline-offset-1 group-focus-visible:outline-2" />
    </div>
  );
}

/** What a press grips: an edge, the middle, or, beside any window, a new one. */
function gripOf(
  target: EventTarget,
  share: number,
  window: TimeWindow | null,
  axis: Axis,
  reach: Reach,
): Grip {
  const part = target instanceof Element ? target.closest("[data-grip]") : null;
  const name = part?.getAttribute("data-grip");
  if (window !== null && name === "from") return { kind: "edge", anchor: window.to };
  if (window !== null && name === "to") return { kind: "edge", anchor: window.from };
  if (window !== null && name === "whole") return { kind: "whole", window, taken: share };
  return { kind: "new", anchor: momentAt(share, axis, reach) };
}

function windowOf(grip: Grip, share: number, axis: Axis, reach: Reach): TimeWindow | null {
  if (grip.kind === "whole") {
    const length = grip.window.to - grip.window.from;
    const by = (share - grip.taken) * (axis.to - axis.from);
    const wanted = grip.window.from + Math.round(by / 1000) * 1000;
    const latest = Math.floor((reach.until - length) / 1000) * 1000;
    const from = Math.max(Math.ceil(reach.from / 1000) * 1000, Math.min(wanted, latest));
    return { from, to: from + length };
  }
  const at = wholeSecond(momentAt(share, axis, reach));
  const anchor = wholeSecond(grip.anchor);
  const window = { from: Math.min(anchor, at), to: Math.max(anchor, at) };
  return window.to - window.from < SHORTEST_MS ? null : window;
}

/** A window with one edge moved, its edges never swapped; `null` where it covers the whole axis. */
function withEdge(
  current: TimeWindow,
  edge: "from" | "to",
  at: Ms,
  reach: Reach,
): TimeWindow | null {
  const from = edge === "from" ? Math.min(at, current.to - SHORTEST_MS) : current.from;
  const to = edge === "to" ? Math.max(at, current.from + SHORTEST_MS) : current.to;
  const isAll = from <= Math.ceil(reach.from / 1000) * 1000 && to >= wholeSecond(reach.until);
  return isAll ? null : { from: wholeSecond(from), to: wholeSecond(to) };
}

function wholeSecond(at: Ms): Ms {
  return Math.floor(at / 1000) * 1000;
}
