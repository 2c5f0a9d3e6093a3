"use client";

import { type CSSProperties, memo, useMemo } from "react";
import { useNow } from "#components/sync/use-now.ts";
import { labelRef } from "#components/ui/label-ref.ts";
import { nameOf, PersonName } from "#components/ui/person-name.tsx";
import { Sign } from "#components/ui/sign.tsx";
import { type StatusThen, statusAt } from "#domain/meeting/moment.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { TimeWindow } from "#domain/meeting/window.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Axis } from "#domain/timeline/timeline.ts";
import { IdentityMark } from "./identity-mark.tsx";
import { LaneBars } from "./lane-bars.tsx";
import { LaneTime } from "./lane-time.tsx";
import { connectionPositionWords, laneWords } from "./lane-words.ts";
import { useClockFormat } from "./parts/use-clock-format.tsx";

/** The label that is read out does not follow every second. */
const SAID_EVERY_MS = 15_000;

/** One lane, of a person or of a connection: an option of the list. */
export const LaneOption = memo(function LaneOption({
  view,
  owner,
  index,
  position,
  total,
  axis,
  at,
  window,
  isActive,
  isSelected,
  size,
  top,
  height,
}: {
  view: PersonView;
  owner: PersonView;
  index: number;
  position: number;
  total: number;
  axis: Axis;
  at: Ms | null;
  window: TimeWindow | null;
  isActive: boolean;
  isSelected: boolean;
  /** Its height in px, the same for every lane. */
  size: string;
  /** Its top in a list of which only a part is rendered, in px; `null` where each lane follows the one before. */
  top: number | null;
  height: number | null;
}) {
  const clockFormat = useClockFormat();
  const now = useNow(SAID_EVERY_MS);
  const then: StatusThen = at === null ? view.status : statusAt(view, at);
  const say = useMemo(
    () => labelRef("aria-label", () => laneWords({ view, owner, at, window }, clockFormat, now)),
    [view, owner, at, window, clockFormat, now],
  );
  return (
    <div
      ref={say}
      role="option"
      aria-selected={isSelected}
      aria-setsize={total}
      aria-posinset={position}
      tabIndex={isActive ? 0 : -1}
      data-index={index}
      data-then={at === null ? undefined : then}
      className={`${top === null ? `relative ${size}` : "absolute inset-x-0 top-0"} scroll-mt-40 scroll-mb-6 cursor-pointer border-line/60 border-t outline-none focus-visible:z-1 focus-visible:outline-2 focus-visible:outline-focus focus-visible:-outline-offset-2 ${isSelected ? "bg-ink/6" : "hover:bg-ink/3"}`}
      style={placed(top, height)}
    >
      <LaneContent view={view} owner={owner} axis={axis} at={at} window={window} then={then} />
    </div>
  );
});

/** The content of a lane. It does not depend on the lane's position, so that it is not rendered again when it moves. */
export const LaneContent = memo(function LaneContent({
  view,
  owner,
  axis,
  at,
  window,
  then,
}: {
  view: PersonView;
  owner: PersonView;
  axis: Axis;
  at: Ms | null;
  window: TimeWindow | null;
  then: StatusThen;
}) {
  const isThere = then === "present" || then === "waiting";
  const isAway = at !== null && !isThere;
  const isHost = at === null ? view.isHost : isHostAt(view, at);
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)_auto] grid-rows-[24px_25px] items-center px-4 sm:grid-cols-[172px_minmax(0,1fr)_66px] sm:grid-rows-1 sm:px-4.5">
      <span className="min-w-0 pr-3 leading-tight max-sm:flex max-sm:items-baseline max-sm:gap-2">
        <span
          className={`flex min-w-0 items-center gap-1.75 font-medium ${isThere && !view.isNoteTaker ? "" : isAway ? "text-ink-3" : "text-ink-2"}`}
        >
          {isHost && <Sign of="crown" className="size-3.25 text-host" />}
          <PersonName name={view.name} className="min-w-0" />
          {view === owner && <IdentityMark person={owner} />}
        </span>
        {view !== owner && (
          <span dir="ltr" className="block truncate text-mark text-ink-3" title={view.id}>
            → <bdi>{nameOf(owner.name)}</bdi>
            {connectionPositionWords(view, owner)}
          </span>
        )}
      </span>
      <LaneBars view={view} axis={axis} isPast={at !== null} isDim={isAway || view.isNoteTaker} />
      <span className="num whitespace-nowrap text-right text-note text-ink-2 max-sm:col-start-2 max-sm:row-start-1">
        <LaneTime person={view} at={at} window={window} />
      </span>
    </div>
  );
});

/** The style of a row at its own position in its list (px); none for a row that follows the one before. */
export function placed(top: number | null, height: number | null): CSSProperties | undefined {
  if (top === null || height === null) return undefined;
  return { transform: `translateY(${top}px)`, height };
}

function isHostAt({ tenures }: PersonView, at: Ms): boolean {
  return tenures.some(({ from, to }) => from <= at && (to === null || at < to));
}
