"use client";

import { totalsNow } from "#components/sync/live-state.ts";
import { useLive } from "#components/sync/use-live.ts";
import { Running } from "#components/ui/running.tsx";
import { Stat, Stats } from "#components/ui/stats.tsx";
import { counted, grouped, percent } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import { rateFormula } from "#components/words/wait-formulas.ts";
import { LEVEL_WORDS } from "#components/words/wait-time-formulas.ts";
import type { LiveTotals, Today } from "#domain/live/wire.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

/** The five numbers of the live page. */
export function Headline() {
  const now = useLive(totalsNow);
  const today = useLive((live) => live.today);
  return (
    <Stats label="Right now and today" columns={5}>
      <Stat
        label="In meetings now"
        tone="present"
        note={
          now.meetings === 0
            ? "no meeting in progress"
            : `across ${counted(now.meetings, "meeting", "meetings")}`
        }
      >
        {grouped(now.present)}
      </Stat>
      <Stat
        label="Waiting now"
        tone="waiting"
        note={
          now.longest_since === null ? (
            "nobody is waiting"
          ) : (
            <Longest since={fromWireTime(now.longest_since)} />
          )
        }
      >
        {grouped(now.waiting)}
      </Stat>
      <ServiceLevel today={today} />
      <LeftBeforeAdmitted today={today} />
      <Stat
        label="Without a host"
        tone="host"
        note={hostNote(now)}
        formula="Meetings where people are in or waiting and no host is in."
      >
        {grouped(now.hostless)}
      </Stat>
    </Stats>
  );
}

function hostNote({ meetings, hostless, waiting_without_host: waiting }: LiveTotals): string {
  if (meetings === 0) return "no meeting in progress";
  if (hostless === 0) return "every meeting has a host";
  if (waiting === 0) return "nobody waiting there";
  return `${counted(waiting, "person", "people")} waiting there`;
}

function Longest({ since }: { since: number }) {
  return (
    <>
      longest{" "}
      <b className="font-semibold text-waiting-ink">
        <Running since={since} />
      </b>
    </>
  );
}

function ServiceLevel({ today }: { today: Today }) {
  const { met, of, share } = today.service_level;
  const target = formatSetting(today.target_ms);
  return (
    <Stat
      label={`Admitted within ${target}`}
      note={share === null ? "no waits ended yet today" : `${grouped(met)} of ${grouped(of)} today`}
      formula={`Service level. ${LEVEL_WORDS.neutral.formula(target)} Today: ${grouped(met)} of ${grouped(of)}.`}
    >
      {percent(share) ?? "–"}
    </Stat>
  );
}

function LeftBeforeAdmitted({ today }: { today: Today }) {
  const { left_before_admitted: left, entered, came_back: back, abandonment_rate: rate } = today;
  const share = percent(rate);
  const notes = [
    share === null ? "no waits ended yet today" : `${share} of ${grouped(entered)}`,
    ...(back > 0 ? [`${grouped(back)} came back`] : []),
  ];
  return (
    <Stat
      label="Left before admitted"
      tone="lost"
      note={notes.join(" · ")}
      formula={`Today. ${rateFormula()} Really lost: ${grouped(today.really_lost)}, came back: ${grouped(back)}, within 10 seconds: ${grouped(today.short)}, not heard of: ${grouped(today.unknown)}.`}
    >
      {grouped(left)}
    </Stat>
  );
}
