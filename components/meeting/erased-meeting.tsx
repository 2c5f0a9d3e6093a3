"use client";

import { ShieldOff } from "lucide-react";
import { useLive } from "#components/live/live-provider.tsx";
import { Stat, Stats } from "#components/ui/stats.tsx";
import { ClockFace } from "#components/words/clock-face.ts";
import { grouped } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { type Erased, fromWireTime, type MeetingFacts } from "#domain/wire.ts";
import { MeetingHead } from "./meeting-head.tsx";

/** What is left of a meeting whose people and events were erased: its numbers, when, and why. */
export function ErasedMeeting({ facts, erased }: { facts: MeetingFacts; erased: Erased }) {
  const face = ClockFace.in(useLive().timeZone);
  const startedAt = timeOf(erased.started_at);
  const endedAt = timeOf(erased.ended_at);
  const erasedAt = fromWireTime(erased.at);
  const { peak } = erased;
  return (
    <>
      <title>{`${facts.title ?? facts.room} · Rollcall`}</title>
      <MeetingHead facts={facts} story={{ status: "ended", startedAt, endedAt }} />
      <div className="my-4.5">
        <Stats label="What is left of this meeting" columns={4}>
          <Stat label="People" note="came or waited">
            {grouped(erased.people_count)}
          </Stat>
          <Stat
            label="Peak"
            tone="present"
            note={peak === null ? "nobody came in" : `at ${face.minute(fromWireTime(peak.at))}`}
          >
            {grouped(peak?.count ?? 0)}
          </Stat>
          <Stat
            label="Left before admitted"
            tone="lost"
            note="short waits and those who came back included"
          >
            {grouped(erased.left_before_admitted_count)}
          </Stat>
          <Stat label="Length" note="from first to last">
            {startedAt === null || endedAt === null ? "–" : formatDuration(endedAt - startedAt)}
          </Stat>
        </Stats>
      </div>
      <section
        aria-label="Erased"
        className="flex items-start gap-3 rounded-card border border-line border-dashed px-4.5 py-4 text-ink-2"
      >
        <ShieldOff aria-hidden className="mt-0.5 size-4.5 flex-none text-ink-3" />
        <div className="min-w-0">
          <p className="font-[540] text-ink">
            Who was here was erased on {face.date(erasedAt)}, {face.minute(erasedAt)}.
          </p>
          <p className="wrap-anywhere mt-1 text-[13px]">
            The provider said that it deleted what it held of this meeting
            {erased.reason === null ? "" : ` (${erased.reason})`}, so its people, their times and
            the webhooks that told of them are no longer here. The numbers above are what was known
            then.
          </p>
        </div>
      </section>
    </>
  );
}

function timeOf(time: string | null): number | null {
  return time === null ? null : fromWireTime(time);
}
