"use client";

import { Activity } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { type LiveState, totalsNow } from "#components/sync/live-state.ts";
import { useLive } from "#components/sync/use-live.ts";
import { useServerTime } from "#components/sync/use-now.ts";
import { PageName } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { SkipLink } from "#components/ui/skip-link.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { FirstRun } from "./first-run.tsx";
import { Headline } from "./headline.tsx";
import { JustHappened } from "./just-happened.tsx";
import { MeetingsInProgress } from "./meetings-in-progress.tsx";
import { WAITING_ROOM, WaitingRoom } from "./waiting-room.tsx";

/** The live page: every meeting in progress, all people who wait, what just happened. */
export function LiveScreen() {
  const waiting = useLive((live) => totalsNow(live).waiting);
  const isFirstRun = useLive(nothingEverHappened);
  return (
    <>
      <PageTitle name="Live" waiting={waiting} />
      {!isFirstRun && <SkipLink to={WAITING_ROOM}>Skip to the waiting room</SkipLink>}
      <PageName title="Live" />
      <DateLine />
      {isFirstRun ? <FirstRun /> : <MeetingsAndWaits />}
    </>
  );
}

/**
 * On a phone the waiting people come first: they are what a reader can act on. Each part is hydrated by itself, so that
 * a touch does not wait for all of them; unlike a Suspense boundary, each is sent in its own position.
 */
function MeetingsAndWaits() {
  return (
    <div className="floor mt-4.5 grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,1fr)_372px] min-[112.5rem]:grid-cols-[minmax(0,1fr)_520px]">
      <div className="from-afar min-w-0 max-md:order-2 xl:col-span-2">
        <Activity>
          <Headline />
        </Activity>
      </div>
      <div className="min-w-0 max-md:order-3">
        <Activity>
          <MeetingsInProgress />
        </Activity>
      </div>
      <div className="grid gap-5 max-md:contents md:max-xl:grid-cols-2 md:max-xl:items-start xl:sticky xl:top-5">
        <div className="from-afar min-w-0 max-md:order-1">
          <Activity>
            <WaitingRoom />
          </Activity>
        </div>
        <div className="min-w-0 max-md:order-4">
          <Activity>
            <JustHappened />
          </Activity>
        </div>
      </div>
      <span hidden className="floor-end" />
    </div>
  );
}

function DateLine() {
  const { timeZone } = useLiveParts();
  const now = useServerTime((at) => Math.floor(at / 60_000) * 60_000);
  const clockFormat = ClockFormat.in(timeZone);
  return (
    <p className="num text-ink-2">
      {clockFormat.date(now)}, {clockFormat.minute(now)} · {timeZone}
    </p>
  );
}

function nothingEverHappened(live: LiveState): boolean {
  return live.last_event_at === null && totalsNow(live).meetings === 0;
}
