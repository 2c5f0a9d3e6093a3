import { useState } from "react";
import type { EndpointShown } from "#components/integrations/outgoing/shown.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { ProgressLine } from "#components/sources/parts/rebuild-note.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { CONTROL, Field } from "#components/ui/field.tsx";
import { counted, grouped } from "#components/words/count.ts";
import { addDays, isDay, startOfDay } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { useEndpointChange, useLatestResend } from "./use-endpoint.ts";

/** Sends again what was not taken in some days, or all of it, and shows how far that is. */
export function ResendCard({ endpoint }: { endpoint: EndpointShown }) {
  const clockFormat = useClockFormat();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const { mutate, isPending, error } = useEndpointChange(endpoint.id);
  const job = useLatestResend(endpoint.id);
  const isRunning = job?.state === "running";
  const areDays = isDay(from) && isDay(to) && from <= to;
  const start = (day: string) => toWireTime(startOfDay(day, (at) => clockFormat.offsetMs(at)));
  const again = (only: "failed" | "all") =>
    mutate({
      method: "POST",
      part: "/resend",
      body: { from: start(from), to: start(addDays(to, 1)), only },
    });
  const isClosed = isPending || isRunning || !areDays || endpoint.state === "paused";
  return (
    <Card title="Send again">
      <div className="grid gap-3 px-4 py-3 text-dense sm:px-4.5">
        <p className="text-note text-ink-2">
          Each keeps its id, so that whoever saw it knows it. Messages are kept for 30 days.
        </p>
        <div className="flex flex-wrap items-end gap-2">
          <Field label="From" className="w-36">
            <input
              type="date"
              className={CONTROL}
              value={from}
              onChange={({ target }) => setFrom(target.value)}
            />
          </Field>
          <Field label="To, included" className="w-36">
            <input
              type="date"
              className={CONTROL}
              value={to}
              onChange={({ target }) => setTo(target.value)}
            />
          </Field>
          <Button disabled={isClosed} onClick={() => again("failed")}>
            What failed
          </Button>
          <Button disabled={isClosed} onClick={() => again("all")}>
            Everything
          </Button>
        </div>
        {endpoint.state === "paused" && (
          <p className="text-note text-ink-3">Nothing is sent while it is paused.</p>
        )}
        {error !== null && (
          <p role="alert" className="text-note text-lost-ink">
            {error.message}
          </p>
        )}
        {job !== null && (
          <div className="flex flex-wrap items-end justify-between gap-2">
            <div className="min-w-0 flex-1">
              <ProgressLine label="Sending again" done={job.done} total={job.total}>
                {jobWords(job)}
              </ProgressLine>
            </div>
            {isRunning && (
              <Button
                disabled={isPending}
                onClick={() => mutate({ method: "DELETE", part: `/resend/${job.id}` })}
              >
                Stop
              </Button>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}

function jobWords({
  state,
  done,
  total,
  failed,
}: NonNullable<ReturnType<typeof useLatestResend>>): string {
  if (total === 0) return "There was nothing to send again.";
  const of = `${grouped(done)} of ${counted(total, "message", "messages")}`;
  const not = failed === 0 ? "" : `, ${grouped(failed)} not taken`;
  return state === "running" ? `Sending: ${of}${not}.` : `Sent again: ${of}${not}.`;
}
