"use client";

import { X } from "lucide-react";
import { Fragment } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { DeliveryBody } from "#components/sources/deliveries/body/delivery-body.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogTitle } from "#components/ui/dialog.tsx";
import { ModalClose } from "#components/ui/modal.tsx";
import { counted } from "#components/words/count.ts";
import { monthWords } from "#components/words/month-words.ts";
import { providerWord } from "#components/words/provider-word.ts";
import { monthOfDelivery, type OpenedDelivery } from "#domain/event/delivery.ts";
import type { Report } from "#domain/meeting/report.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { useDelivery } from "./use-deliveries.ts";
import { reportWords } from "./why-words.ts";

/** A report with a delivery, which is still stored or was dropped. */
export type DeliveredReport = Report & { deliveryId: string };

/** The delivery that reported an event, exactly as it came; closed while `report` is `null`. */
export function DeliveryDialog({
  report,
  onClose,
}: {
  report: DeliveredReport | null;
  onClose: () => void;
}) {
  const clockFormat = useClockFormat();
  return (
    <Dialog open={report !== null} onClose={onClose} form="wide">
      {report !== null && (
        <>
          <div className="flex items-center gap-2 border-line border-b px-5 py-3">
            <DialogTitle className="num min-w-0 flex-1">
              {reportWords(report.event)}{" "}
              <span className="font-normal text-ink-2">{clockFormat.second(report.event.at)}</span>
            </DialogTitle>
            <ModalClose aria-label="Close" look="sign" className="-mr-1.5">
              <X aria-hidden className="size-4.5" />
            </ModalClose>
          </div>
          <OpenDelivery key={report.deliveryId} id={report.deliveryId} />
        </>
      )}
    </Dialog>
  );
}

function OpenDelivery({ id }: { id: string }) {
  const { data, isPending, isFetching, error, refetch } = useDelivery(id);
  if (isPending) {
    return (
      <p role="status" className="px-5 py-8 text-ink-2">
        Reading the delivery…
      </p>
    );
  }
  if (error !== null) {
    return (
      <div role="alert" className="px-5 py-6">
        <p className="text-ink-2">The delivery could not be read. {error.message}</p>
        <Button className="mt-3" disabled={isFetching} onClick={() => void refetch()}>
          {isFetching ? "Reading…" : "Try again"}
        </Button>
      </div>
    );
  }
  if (data === null) {
    return (
      <p className="px-5 py-8 text-ink-2">
        This delivery is no longer kept. What it reported is still counted.
      </p>
    );
  }
  if (data === "dropped") {
    const month = monthOfDelivery(Number(id));
    return (
      <p className="px-5 py-8 text-ink-2">
        This delivery is no longer kept: those of {month === null ? "its month" : monthWords(month)}{" "}
        were dropped. What it reported is still counted.
      </p>
    );
  }
  return (
    <>
      <Particulars delivery={data} />
      <DeliveryBody delivery={data} />
    </>
  );
}

function Particulars({ delivery }: { delivery: OpenedDelivery }) {
  const clockFormat = useClockFormat();
  const { source, type, room, received_at, repeats, reason, status, id } = delivery;
  const rows: [string, string | null][] = [
    [
      "From",
      `${source.name} (${providerWord(source.provider)}${source.demo ? ", demonstration" : ""})`,
    ],
    ["Type", type],
    ["Room", room],
    ["Received", clockFormat.second(fromWireTime(received_at))],
    ["Came again", repeats === 0 ? "never" : counted(repeats, "time, ignored", "times, ignored")],
    ["Status", status === "recorded" ? null : status],
    ["Reason", reason],
    ["Delivery", id],
  ];
  return (
    <dl className="num grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 px-5 py-3 text-note">
      {rows.map(([label, value]) =>
        value === null ? null : (
          <Fragment key={label}>
            <dt className="text-ink-3">{label}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </Fragment>
        ),
      )}
    </dl>
  );
}
