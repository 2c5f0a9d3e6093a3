"use client";

import { useDeferredValue, useMemo, useRef, useState } from "react";
import { Card } from "#components/ui/card.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { counted, grouped } from "#components/words/count.ts";
import type { HostHistory } from "#domain/meeting/host-history.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { TimeWindow } from "#domain/meeting/window.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Axis } from "#domain/timeline/timeline.ts";
import { HostStrip } from "./host-strip.tsx";
import { type LaneRow, laneRows } from "./lane-groups.ts";
import { Lanes } from "./lanes.tsx";
import { GraceControl } from "./lens/grace-control.tsx";
import type { Lens } from "./lens/lens-address.ts";
import { RawSwitch } from "./lens/raw-switch.tsx";
import type { ChangeLens } from "./lens/use-lens.ts";
import { AsOfHandle } from "./moment/as-of-handle.tsx";
import { AsOfLine, asOfStyle } from "./moment/as-of-line.tsx";
import { Brush } from "./moment/brush.tsx";
import { useAsOfDrag } from "./moment/use-as-of-drag.ts";
import { useReach } from "./moment/use-reach.ts";
import { WindowBand } from "./moment/window-band.tsx";
import { NowScope } from "./now-scope.tsx";
import { PeopleArea } from "./people-area.tsx";
import { TimeAxis } from "./time-axis.tsx";
import { TimelineKey } from "./timeline-key.tsx";

const SEARCH_FROM = 12;

interface Looked {
  view: MeetingView;
  lens: Lens;
  selectedId: string | null;
  /** The moment and the window that are shown, within the meeting. */
  at: Ms | null;
  window: TimeWindow | null;
  history: HostHistory;
  /** The grace that the view is projected with. */
  graceMs: Ms;
  onChange: ChangeLens;
}

/** Everything over one axis: people over time, hosts, and a lane per person or per connection. */
export function TimelineCard({
  axis,
  ownGraceMs,
  source,
  ...looked
}: Looked & { axis: Axis | null; ownGraceMs: Ms; source: string }) {
  const { view, lens, onChange } = looked;
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query);
  const at = useDeferredValue(looked.at);
  const window = useDeferredValue(looked.window);
  const rows = useMemo(
    () => laneRows(view, { raw: lens.raw, query: asked, at, window }),
    [view, lens.raw, asked, at, window],
  );
  const total = useMemo(() => rows.filter(({ kind }) => kind === "lane").length, [rows]);
  const isEmpty = axis === null || view.people.length + view.noteTakers.length === 0;
  return (
    <Card
      title="Timeline"
      note={
        asked.trim() === ""
          ? noteOf(view, lens.raw)
          : `${grouped(total)} of ${grouped(allOf(view, lens.raw))}`
      }
      aside={
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
          {!isEmpty && (
            <>
              <RawSwitch raw={lens.raw} onChange={(raw) => onChange({ raw })} />
              <GraceControl
                graceMs={lens.graceMs}
                own={ownGraceMs}
                source={source}
                onChange={(graceMs) => onChange({ graceMs })}
              />
            </>
          )}
          {view.people.length >= SEARCH_FROM && (
            <SearchField label="Find a person" value={query} onChange={setQuery} />
          )}
        </div>
      }
    >
      {isEmpty ? (
        <p className="px-4.5 py-8 text-ink-2">Nobody has come yet.</p>
      ) : (
        <Timeline {...looked} axis={axis} shown={{ rows, total, query: asked, at, window }} />
      )}
    </Card>
  );
}

/** The rows of matching lanes, and the search, moment and window that they were made for. */
interface Shown {
  rows: LaneRow[];
  total: number;
  query: string;
  at: Ms | null;
  window: TimeWindow | null;
}

function Timeline({
  view,
  lens: { raw },
  selectedId,
  at,
  window,
  history,
  graceMs,
  axis,
  shown,
  onChange,
}: Looked & { axis: Axis; shown: Shown }) {
  const { rows, total, query } = shown;
  const runs = view.status !== "ended";
  const [select, moveTo, changeWindow] = useMemo(
    () => [
      (personId: string | null) => onChange({ personId }),
      (moment: Ms | null) => onChange({ at: moment }),
      (next: TimeWindow | null) => onChange({ window: next }),
    ],
    [onChange],
  );
  const track = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  const reachOf = useReach(axis, runs);
  const drag = useAsOfDrag({ track, handle, axis, at, reachOf, onMove: moveTo });
  return (
    <>
      <TimelineKey people={view.people} history={history} raw={raw} />
      {raw && (
        <p className="px-4 pt-1.5 text-note text-ink-2 sm:px-4.5">
          Raw: every connection as the provider reported it, nothing joined and nobody merged. The
          numbers above stay those of people.
        </p>
      )}
      <NowScope axis={axis} runs={runs}>
        <div className="sticky top-13 z-10 bg-surface pt-1.5 lg:top-0">
          <div {...drag.onTrack} className="touch-pan-y select-none">
            <TimeAxis axis={axis} />
          </div>
          <AsOfHandle
            view={view}
            axis={axis}
            at={at}
            graceMs={graceMs}
            track={track}
            handle={handle}
            drag={drag}
            onMove={moveTo}
          />
          <div className="relative" style={asOfStyle(at, axis)}>
            <PeopleArea view={view} axis={axis} at={shown.at}>
              <Brush axis={axis} runs={runs} window={window} onChange={changeWindow} />
            </PeopleArea>
            <HostStrip history={history} axis={axis} isPast={at !== null} />
            {at !== null && <AsOfLine at={at} axis={axis} />}
          </div>
        </div>
        {total === 0 ? (
          <p className="px-4.5 py-6 text-ink-2">
            {query.trim() === ""
              ? "Nobody was there in this window."
              : `Nobody’s name matches “${query}”.`}
          </p>
        ) : (
          <div className="relative" style={asOfStyle(at, axis)}>
            <Lanes
              rows={rows}
              total={total}
              raw={raw}
              axis={axis}
              at={shown.at}
              window={shown.window}
              steps={view.steps}
              runs={runs}
              selectedId={selectedId}
              onSelect={select}
            />
            {window !== null && <WindowBand window={window} axis={axis} />}
            {at !== null && <AsOfLine at={at} axis={axis} drag={drag} />}
          </div>
        )}
      </NowScope>
    </>
  );
}

function noteOf(view: MeetingView, raw: boolean): string | undefined {
  if (!raw) return undefined;
  const people = counted(view.people.length, "person", "people");
  return `${counted(allOf(view, raw), "connection", "connections")} of ${people}`;
}

function allOf({ people }: MeetingView, raw: boolean): number {
  if (!raw) return people.length;
  return people.reduce((sum, { participantIds }) => sum + participantIds.length, 0);
}
