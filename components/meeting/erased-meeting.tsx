"use client";

import { ShieldOff } from "lucide-react";
import { useMeeting } from "#components/sync/use-meeting.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { PageTitle } from "#components/ui/page-title.tsx";
import { Stat, Stats } from "#components/ui/stats.tsx";
import { grouped } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { leftFormula } from "#components/words/wait-formulas.ts";
import type { Erased, MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { MeetingHead } from "./meeting-head.tsx";

/** A meeting whose people were erased: its numbers, and when and why they were erased. */
export function ErasedMeeting({ facts: opened, erased }: { facts: MeetingFacts; erased: Erased }) {
  const facts = useMeeting(opened);
  const clockFormat = useTodaysClockFormat();
  const [startedAt, endedAt] = [erased.started_at, erased.ended_at].map((time) =>
    time === null ? null : fromWireTime(time),
  );
  const at = fromWireTime(erased.at);
  const { peak } = erased;
  const lasted = startedAt != null && endedAt != null ? endedAt - startedAt : null;
  return (
    <>
      <PageTitle name={facts.title ?? facts.room} />
      <MeetingHead
        facts={facts}
        observer={erased.observer}
        view={{ status: "ended", startedAt: startedAt ?? null, endedAt: endedAt ?? null }}
      />
      <div className="my-4.5">
        <Stats label="What is left of this meeting" columns={4}>
          <Stat label="People" note="came in, or waited">
            {grouped(erased.people_count)}
          </Stat>
          <Stat
            label="Left before admitted"
            tone="lost"
            note="waits; within 10 s not counted"
            formula={leftFormula()}
          >
            {grouped(erased.left_before_admitted_count)}
          </Stat>
          <Stat
            label="Peak"
            tone="present"
            note={
              peak === null ? "nobody came in" : `at ${clockFormat.minute(fromWireTime(peak.at))}`
            }
          >
            {peak === null ? "–" : grouped(peak.count)}
          </Stat>
          <Stat label="Lasted" note={endedAt == null ? "no end was reported" : ""}>
            {lasted === null ? "–" : formatDuration(lasted)}
          </Stat>
        </Stats>
      </div>
      <section
        aria-labelledby="erased"
        className="flex max-w-2xl items-start gap-3.5 rounded-card border border-line bg-surface px-4.5 py-4 shadow-card"
      >
        <ShieldOff aria-hidden className="mt-0.5 size-5 flex-none text-ink-3" />
        <div className="min-w-0">
          <h2 id="erased" className="font-semibold text-lead tracking-head">
            The people of this meeting were erased
          </h2>
          <p className="num wrap-anywhere mt-1 text-ink-2">
            On {clockFormat.calendarDay(at)} at {clockFormat.bare.second(at)}
            {erased.reason === null ? "" : `, because the provider reported “${erased.reason}”`}.
            Who was here, when, and everything that was delivered about it is gone; the numbers
            above are what was counted until then.
          </p>
        </div>
      </section>
    </>
  );
}
