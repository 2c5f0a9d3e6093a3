"use client";

import { totalsNow } from "#components/live/known-floor.ts";
import { useFloor } from "#components/live/use-floor.ts";
import { Running } from "#components/ui/running.tsx";
import { Stat, Stats } from "#components/ui/stats.tsx";
import { counted, grouped, percent } from "#components/words/count.ts";
import { formatSetting } from "#components/words/duration.ts";
import { abandonmentRate, serviceLevel } from "#domain/metrics.ts";
import { type FloorTotals, fromWireTime, type Today } from "#domain/wire.ts";

/** The five numbers of the floor. */
export function Headline() {
  const now = useFloor(totalsNow);
  const today = useFloor((floor) => floor.today);
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
            "nobody waits"
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

function hostNote({ meetings, hostless, waiting_without_host: waiting }: FloorTotals): string {
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
  const { admitted, admitted_within: within, left_after: late } = today;
  const target = formatSetting(today.target_ms);
  const level = percent(
    serviceLevel({
      admittedWithin: within,
      admittedAfter: admitted - within,
      leftWithin: 0,
      leftAfter: late,
    }),
  );
  return (
    <Stat
      label={`Admitted within ${target}`}
      note={level === null ? "no waits ended yet today" : `${within} of ${admitted + late} today`}
      formula={
        <>
          <b className="font-semibold text-ink">Service level.</b> Admitted within {target} ÷ (all
          admitted + left before admitted after more than {target}). Today: {within} ÷ ({admitted} +{" "}
          {late}). Who left sooner counts neither way.
        </>
      }
    >
      {level ?? "–"}
    </Stat>
  );
}

function LeftBeforeAdmitted({ today }: { today: Today }) {
  const { left, short, came_back: back } = today;
  const began = today.waiting + today.admitted + left + short + back + today.unknown;
  const share = percent(abandonmentRate(left, began));
  const notes = [
    share === null ? "nobody waited yet today" : `${share} of ${grouped(began)}`,
    ...(back > 0 ? [`${grouped(back)} came back`] : []),
  ];
  return (
    <Stat
      label="Left before admitted"
      tone="lost"
      note={notes.join(" · ")}
      formula={
        <>
          <b className="font-semibold text-ink">Today.</b> Left the waiting room without being
          admitted ÷ all who began to wait. Who came back and was admitted later ({back}), and who
          left within 10 seconds ({short}), are not in it. Providers do not say whether a host
          refused.
        </>
      }
    >
      {grouped(left)}
    </Stat>
  );
}
