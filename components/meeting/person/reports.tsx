"use client";

import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Button } from "#components/ui/button.tsx";
import { MoreButton, useFirst } from "#components/ui/first.tsx";
import { useMay } from "#components/viewer/me.tsx";
import type { Report } from "#domain/meeting/report.ts";
import type { DeliveredReport } from "./delivery-dialog.tsx";
import { reportWords } from "./why-words.ts";

/** Up to this many are listed without a button. */
const SHOWN = 8;

/** The reports behind an interval, each with a way to its delivery for those who may see what came. */
export function Reports({
  reports,
  onOpen,
}: {
  reports: readonly Report[];
  onOpen: (report: DeliveredReport) => void;
}) {
  const clockFormat = useClockFormat();
  const mayOpen = useMay("export", "names");
  const { shown, more, showAll } = useFirst(reports, SHOWN);
  if (reports.length === 0) return null;
  return (
    <ul aria-label="Reported" className="num mt-0.75 flex flex-wrap gap-x-2.5 gap-y-2 text-caption">
      {shown.map((report) => {
        const { event } = report;
        const isCorrection = "ruling" in event;
        const words = `${reportWords(event)} ${clockFormat.second(isCorrection ? event.ruledAt : event.at)}`;
        const { deliveryId } = report;
        return (
          <li key={report.seq}>
            {isCorrection ? (
              <span title={`Said by ${event.by}`}>{words}</span>
            ) : deliveryId === null ? (
              <span title="Its delivery is no longer kept">{words}</span>
            ) : !mayOpen ? (
              words
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
