"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { counted, grouped } from "#components/words/count.ts";
import { type DeliveryReplay, isOver } from "#domain/sources/deliveries/delivery-replay.ts";
import type { useReplay } from "./use-replay.ts";

/** How far a replay is, with a way to stop it, and what came of it; else what is inside, which begins one. */
export function ReplayBar({
  replay: { job, cancel, dismiss, error },
  children,
}: {
  replay: ReturnType<typeof useReplay>;
  children?: ReactNode;
}) {
  const isShown = job !== null || error !== null || Boolean(children);
  if (!isShown) return null;
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b px-4 py-2 text-dense sm:px-4.5">
      {job === null ? children : <Progress job={job} />}
      {job !== null && !isOver(job) && (
        <Button look="small" onClick={() => cancel()}>
          Stop
        </Button>
      )}
      {job !== null && isOver(job) && (
        <Button look="close" aria-label="Dismiss" onClick={dismiss}>
          <X aria-hidden className="size-3.5" />
        </Button>
      )}
      {error !== null && (
        <p role="alert" className="text-note text-lost-ink">
          {error.message}
        </p>
      )}
    </div>
  );
}

function Progress({ job }: { job: DeliveryReplay }) {
  const { state, done, total } = job;
  return (
    <>
      {!isOver(job) && (
        <progress
          aria-label="Projecting again"
          max={Math.max(1, total)}
          value={done}
          className="h-1.5 w-40 accent-present"
        />
      )}
      <p role="status" className="num">
        {state === "waiting" && "Waiting for another replay to end…"}
        {state === "running" && `${grouped(done)} of ${grouped(total)} projected again…`}
        {isOver(job) && overWords(job)}
      </p>
    </>
  );
}

function overWords({ state, deliveries, rooms, changed, read }: DeliveryReplay): string {
  const what = counted(deliveries, "delivery", "deliveries");
  const came = [
    rooms > 0 ? `${counted(rooms, "room", "rooms")} projected again` : null,
    changed > 0 ? `${grouped(changed)} read otherwise than before` : null,
    read > 0 ? `${grouped(read)} could be read that could not be before` : null,
  ].filter((part) => part !== null);
  const result = came.length === 0 ? "nothing changed" : came.join(", ");
  switch (state) {
    case "cancelled":
      return `Stopped: ${result}. What was done stays.`;
    case "failed":
      return `Broke off: ${result}. The log of the server says why.`;
    default:
      return `Projected ${what} again: ${result}.`;
  }
}
