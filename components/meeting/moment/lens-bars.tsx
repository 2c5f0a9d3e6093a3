"use client";

import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Button } from "#components/ui/button.tsx";
import { grouped } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import { changesOf } from "#domain/meeting/moment.ts";
import { type TimeWindow, timeWithin } from "#domain/meeting/window.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Looked } from "./looked.ts";
import { changeNextTo } from "./moment-keys.ts";
import { countsAt } from "./moment-words.ts";
import { useReach } from "./use-reach.ts";

/** The bars of the window and the moment that are shown, and the ways out of them. */
export function LensBars({ view, axis, at, window, graceMs, onChange }: Looked) {
  return (
    <>
      {window !== null && (
        <WindowBar view={view} window={window} onClear={() => onChange({ window: null })} />
      )}
      {at !== null && (
        <AsOfBar
          view={view}
          axis={axis}
          at={at}
          graceMs={graceMs}
          onMove={(next) => onChange({ at: next })}
        />
      )}
    </>
  );
}

function AsOfBar({
  view,
  axis,
  at,
  graceMs,
  onMove,
}: Pick<Looked, "view" | "axis" | "graceMs"> & { at: Ms; onMove: (at: Ms | null) => void }) {
  const clockFormat = useClockFormat();
  const reachOf = useReach(axis, view.status !== "ended");
  const counts = useMemo(() => countsAt(view, at, graceMs), [view, at, graceMs]);
  const go = (direction: "before" | "after") => () => {
    const next = changeNextTo(changesOf(view), at, direction, reachOf());
    if (next !== null) onMove(next);
  };
  return (
    <Bar label="As of">
      <span className="num flex flex-wrap items-baseline gap-x-2.5">
        <span className="font-semibold">As of {clockFormat.second(at)}</span>
        <span className="text-ink-2">
          {counts.present} in · {counts.waiting} waiting
          {counts.hosts !== null && ` · ${counts.hosts}`}
        </span>
      </span>
      <span className="flex flex-none items-center gap-1">
        <BarButton label="Previous change" onClick={go("before")}>
          <ChevronLeft aria-hidden className="size-4" />
        </BarButton>
        <BarButton label="Next change" onClick={go("after")}>
          <ChevronRight aria-hidden className="size-4" />
        </BarButton>
        <Button onClick={() => onMove(null)} look="small-primary" className="ml-1">
          Now
        </Button>
      </span>
    </Bar>
  );
}

function WindowBar({
  view,
  window,
  onClear,
}: {
  view: MeetingView;
  window: TimeWindow;
  onClear: () => void;
}) {
  const clockFormat = useClockFormat();
  const { present, onlyWaited } = useMemo(() => countsWithin(view, window), [view, window]);
  return (
    <Bar label="Window">
      <span role="status" className="num flex flex-wrap items-baseline gap-x-2.5">
        <span className="font-semibold">
          {clockFormat.second(window.from)} – {clockFormat.second(window.to)}
        </span>
        <span className="text-ink-2">
          {grouped(present)} {present === 1 ? "was" : "were"} in
          {onlyWaited > 0 && `, ${grouped(onlyWaited)} only waited`} ·{" "}
          {formatDuration(window.to - window.from)} long
        </span>
      </span>
      <BarButton label="Clear the window" onClick={onClear}>
        <X aria-hidden className="size-4" />
      </BarButton>
    </Bar>
  );
}

function countsWithin(
  { people }: MeetingView,
  window: TimeWindow,
): { present: number; onlyWaited: number } {
  const within = people.flatMap((person) => timeWithin(person, window) ?? []);
  const present = within.filter(({ wasIn }) => wasIn).length;
  return { present, onlyWaited: within.length - present };
}

function Bar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      className="flex max-w-full items-center justify-between gap-4 rounded-xl border border-ink/20 bg-surface py-1.75 pr-1.75 pl-3.5 text-dense shadow-popup"
    >
      {children}
    </section>
  );
}

function BarButton({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Button
      aria-label={label}
      title={label}
      onClick={onClick}
      look="quiet"
      className="grid size-7 flex-none place-items-center"
    >
      {children}
    </Button>
  );
}
