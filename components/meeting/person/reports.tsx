"use client";

import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Button } from "#components/ui/button.tsx";
import { MoreButton, useFirst } from "#components/ui/first.tsx";
import type { Report } from "#domain/meeting/report.ts";
import type { DeliveredReport } from "./delivery-dialog.tsx";
import { reportWords } from "./why-words.ts";

/** Up to this many are listed without a button. */
const SHOWN = 8;

/** The reports behind an interval, each with a way to its delivery. */
export function Reports({
  reports,
  onOpen,
}: {
  reports: readonly Report[];
  onOpen: (report: DeliveredReport) => void;
}) {
  const clockFormat = useClockFormat();
  const { shown, more, showAll } = useFirst(reports, SHOWN);
  if (reports.length === 0) return null;
  return (
    <ul
      aria-label="Reported"
      className="num mt-0.75 flex flex-wrap gap-x-2.5 gap-y-0.5 text-caption"
    >
      {shown.map((report) => {
        const { event } = report;
        const isCorrection = "ruling" in event;
        const words = `${reportWords(event)} ${clockFormat.second(isCorrection ? event.ruledAt : event.at)}`;
        const { deliveryId } = report;
        return (
          <li key={report.seq}>
            {deliveryId === null ? (
              <span title={isCorrection ? `Said by ${event.by}` : "Its delivery is no longer kept"}>
                {words}
              </span>
            ) : (
              <Button
                aria-label={`${words}: show what was delivered`}
                onClick={() => onOpen({ ...report, deliveryId })}
                look="words"
                className="decoration-dotted hover:decoration-solid"
              >
                {words}
              </Button>
            )}
          </li>
        );
      })}
      {more > 0 && (
        <li>
          <MoreButton count={more} onShow={showAll} />
        </li>
      )}
    </ul>
  );
}
