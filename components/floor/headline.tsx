"use client";

import { useFloor } from "#components/live/use-floor.ts";
import { Running } from "#components/ui/running.tsx";
import { Stat, Stats } from "#components/ui/stats.tsx";
import { counted, grouped, percent } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import { LEVEL_WORDS, rateFormula } from "#components/words/wait-formulas.ts";
import { fromWireTime, type Today } from "#domain/wire.ts";
import { isInProgress, isWithoutHost } from "./meeting-order.ts";
import { waitingOf } from "./waiting-now.ts";

/** The five numbers of the floor. */
export function Headline() {
  const meetings = useFloor((floor) => floor.meetings);
  const today = useFloor((floor) => floor.today);
  const inProgress = meetings.filter(isInProgress);
  const present = inProgress.reduce((sum, meeting) => sum + meeting.present_count, 0);
  const waiting = waitingOf({ meetings });
  const longest = waiting[0];
  const hostless = inProgress.filter(isWithoutHost);
  const unattended = hostless.reduce((sum, meeting) => sum + meeting.waiting_count, 0);
  return (
    <Stats label="Right now and today" columns={5}>
      <Stat
        label="In meetings now"
        tone="present"
        note={
          inProgress.length === 0
            ? "no meeting in progress"
            : `across ${counted(inProgress.length, "meeting", "meetings")}`
        }
      >
        {grouped(present)}
      </Stat>
      <Stat
        label="Waiting now"
        tone="waiting"
        note={
          longest ? <Longest since={fromWireTime(longest.person.started_at)} /> : "nobody waits"
        }
      >
        {grouped(waiting.length)}
      </Stat>
      <ServiceLevel today={today} />
      <LeftBeforeAdmitted today={today} />
      <Stat
        label="Without a host"
        tone="host"
        note={hostNote(inProgress.length, hostless.length, unattended)}
        formula="Meetings where people are in or waiting and no host is in."
      >
        {grouped(hostless.length)}
      </Stat>
    </Stats>
  );
}

function hostNote(meetings: number, hostless: number, waiting: number): string {
  if (meetings === 0) return "no meeting in progress";
  if (hostless === 0) return "every meeting has one";
  if (waiting === 0) return "nobody waits there";
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
