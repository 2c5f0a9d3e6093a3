"use client";

import { useClock } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { Link } from "#components/ui/link.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { useMay } from "#components/viewer/me.tsx";
import type { WireAlert } from "#domain/desk/alerts/wire.ts";
import { alertWords, lengthWords } from "#domain/desk/alerts/words.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { Acknowledge } from "./acknowledge.tsx";

/** An alert: what it says, since when, who acknowledged it, and the way to what it is about. */
export function AlertLine({ alert }: { alert: WireAlert }) {
  const face = useTodaysClockFormat();
  const at = (moment: string) => face.minute(fromWireTime(moment));
  const mayWrite = useMay("write");
  const { state, urgent, since, acknowledged_at, acknowledged_by, over_at, over_for } = alert;
  const says = saidOf(alert);
  const where = wayTo(alert);
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <p className="wrap-anywhere font-strong text-dense">
          {where === null ? (
            says
          ) : (
            <Link href={where} className="hover:underline">
              {says}
            </Link>
          )}
          {urgent && state === "raised" && (
            <Pill tone="lost" className="ml-2 align-[1px]">
              Urgent
            </Pill>
          )}
        </p>
        <p className="num wrap-anywhere text-caption text-ink-2">
          since {at(since)}
          {state !== "over" && <SoFar since={since} />}
          {acknowledged_at !== null && (
            <>
              {" · "}
              <bdi>{acknowledged_by}</bdi> acknowledged it {at(acknowledged_at)}
            </>
          )}
          {over_at !== null && ` · ${OVER_WORDS[over_for ?? "over"]} ${at(over_at)}`}
        </p>
        <p className="wrap-anywhere text-caption text-ink-3">
          {alert.rule.name}
          <DemoMark source={alert.source} />
        </p>
      </div>
      {state === "raised" && mayWrite && (
        <span className="flex-none">
          <Acknowledge id={alert.id} says={says} />
        </span>
      )}
    </div>
  );
}

const OVER_WORDS = {
  over: "over",
  corrected: "turned out not to be so",
  rule: "its rule asks for it no more since",
} as const;

function SoFar({ since }: { since: string }) {
  const words = useClock((now) => lengthWords(Math.max(0, now - fromWireTime(since))));
  return <> · {words}</>;
}

/** What an alert says, by the names that what it is about has now. */
function saidOf({ kind, capacity, does, person, room, title, source }: WireAlert): string {
  return alertWords({
    ...{ kind, capacity, deed: does, name: person?.name ?? null },
    ...{ room: title ?? room, source: source.name },
  });
}

function wayTo({ meeting_id, scheduled_meeting_id, room, source }: WireAlert): string | null {
  if (meeting_id !== null) return `/meetings/${meeting_id}`;
  if (scheduled_meeting_id !== null) return `/expected/${scheduled_meeting_id}`;
  return room === null ? `/sources/${source.id}` : null;
}
