"use client";

import dynamic from "next/dynamic";
import { useCallback, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useMay } from "#components/viewer/me.tsx";
import { counted, grouped } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { ExplainedInterval, Explanation } from "#domain/meeting/explained.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import type { DeliveredReport } from "./delivery-dialog.tsx";
import { IntervalLine } from "./interval-line.tsx";
import { Attended } from "./person-figures.tsx";
import { Reports } from "./reports.tsx";
import { type DeliveryRepeats as RepeatCount, useRepeats } from "./use-deliveries.ts";

// Needed once somebody is looked at, and not to open the page.
const DeliveryDialog = dynamic(() =>
  import("./delivery-dialog.tsx").then((read) => read.DeliveryDialog),
);

/** Up to this many intervals are listed; of more, the latest. */
const SHOWN = 24;
const MORE = 100;

/** Why a person attended for so long: interval by interval, each with its reports. */
export function Why({ person, explanation }: { person: PersonView; explanation: Explanation }) {
  const { stretches: intervals, aside } = explanation;
  const [most, setMost] = useState(SHOWN);
  const [opened, setOpened] = useState<DeliveredReport | null>(null);
  const close = useCallback(() => setOpened(null), []);
  const shown = intervals.slice(-most);
  const earlier = intervals.length - shown.length;
  return (
    <>
      <h3 className="mt-4 font-firm text-note text-ink">
        Why {person.firstJoinedAt === null ? "never admitted" : <Attended person={person} />}?
      </h3>
      {intervals.length > SHOWN && (
        <p className="num mt-1 text-note text-ink-2">{sumWords(intervals)}</p>
      )}
      {earlier > 0 && (
        <Button
          onClick={() => setMost(most + MORE)}
          look="words"
          className="num mt-1.5 text-note text-ink-2"
        >
          Show {Math.min(MORE, earlier)} of {grouped(earlier)} earlier
        </Button>
      )}
      <ol
        aria-label="Stretches"
        className="mt-2 grid gap-2.5 border-line border-l-2 pl-3 text-note text-ink-2"
      >
        {shown.map((interval) => (
          <IntervalLine key={interval.key} stretch={interval} onOpen={setOpened} />
        ))}
        {aside.length > 0 && (
          <li>
            Reported beside any stay
            <Reports reports={aside} onOpen={setOpened} />
          </li>
        )}
      </ol>
      <EventCount explanation={explanation} />
      <DeliveryDialog report={opened} onClose={close} />
    </>
  );
}

/** A summary of the intervals, where there are too many to be seen at once. */
function sumWords(intervals: readonly ExplainedInterval[]): string {
  const count = (kind: ExplainedInterval["kind"]) =>
    intervals.filter((one) => one.kind === kind).length;
  const joined = intervals.filter(({ kind }) => kind === "joined_gap");
  const joinedMs = joined.reduce((sum, { from, to }) => sum + ((to ?? from) - from), 0);
  const words = [counted(count("stay"), "stay", "stays")];
  if (joined.length > 0) {
    words.push(`${counted(joined.length, "gap", "gaps")} joined (${formatDuration(joinedMs)})`);
  }
  if (count("away") > 0) words.push(counted(count("away"), "absence", "absences"));
  if (count("wait") > 0) words.push(counted(count("wait"), "wait", "waits"));
  return words.join(", ");
}

/** How many events there are of a person, and how many of their deliveries came more than once. */
function EventCount({ explanation: { eventCount, deliveryIds } }: { explanation: Explanation }) {
  const seesDeliveries = useMay("read", "names");
  return (
    <p className="num mt-2.5 text-note text-ink-3">
      {counted(eventCount, "event", "events")}
      {seesDeliveries && deliveryIds.length > 0 && <Repeats ids={deliveryIds} />}
    </p>
  );
}

function repeatWords({ repeats, gone }: RepeatCount): string {
  if (gone === 0)
    return counted(repeats, "repeated delivery ignored", "repeated deliveries ignored");
  const lost = `${counted(gone, "delivery is", "deliveries are")} no longer kept`;
  return repeats === 0 ? lost : `${repeatWords({ repeats, gone: 0 })}, ${lost}`;
}

function Repeats({ ids }: { ids: readonly string[] }) {
  const { data, error, refetch, isFetching } = useRepeats(ids);
  if (data !== undefined) {
    return ` · ${repeatWords(data)}`;
  }
  if (error === null) return " · counting repeats…";
  return (
    <>
      {" · repeats could not be counted "}
      <Button disabled={isFetching} onClick={() => void refetch()} look="link">
        Try again
      </Button>
    </>
  );
}
