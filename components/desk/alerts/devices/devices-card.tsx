"use client";

import { useState } from "react";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { grouped } from "#components/words/count.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import {
  type Ability,
  abilityOf,
  type DeviceShown,
  useDevices,
  useRemoving,
  useSubscribing,
} from "./this-device.ts";

/** Where alerts are pushed to whoever looks, also while no page is open: this browser, and others of theirs. */
export function DevicesCard({ className = "" }: { className?: string }) {
  const { data, error, isPending } = useDevices();
  // It is in no page that a server renders: this browser is asked as it is shown.
  const [ability] = useState(abilityOf);
  const subscribing = useSubscribing(data?.public_key ?? null);
  const all = data?.results ?? [];
  const isOn = all.some(({ mark }) => mark === data?.mark);
  return (
    <Card
      title="Notifications"
      note={all.length > 0 ? grouped(all.length) : undefined}
      className={className}
      aside={
        ability === "able" &&
        !isOn && (
          <Button
            disabled={subscribing.isPending || data === undefined}
            onClick={() => subscribing.mutate()}
          >
            {subscribing.isPending ? "Asking" : "Notify this device"}
          </Button>
        )
      }
    >
      {subscribing.error !== null && !subscribing.isPending && (
        <p role="alert" className="px-4.5 pt-3 text-lost-ink text-note">
          Not switched on: {subscribing.error.message}
        </p>
      )}
      {error !== null && (
        <p role="alert" className="px-4.5 py-4 text-ink-2">
          Your devices could not be read: {error.message}
        </p>
      )}
      {isPending && <p className="px-4.5 py-4 text-ink-3">Reading your devices</p>}
      {data !== undefined && all.length === 0 && (
        <p className="px-4.5 py-4 text-ink-2">
          Alerts that you may see can be pushed to your devices, also with the browser closed, and
          acknowledged from there. {ABILITY_WORDS[ability]}
        </p>
      )}
      {all.length > 0 && (
        <ul className="divide-y divide-line">
          {all.map((device) => (
            <li key={device.id} className="px-4 py-3 sm:px-4.5">
              <Device device={device} isThis={device.mark === data?.mark} />
            </li>
          ))}
        </ul>
      )}
      {all.length > 0 && !isOn && ability !== "able" && (
        <p className="border-line border-t px-4.5 py-2.5 text-ink-2 text-note">
          {ABILITY_WORDS[ability]}
        </p>
      )}
    </Card>
  );
}

const ABILITY_WORDS: Readonly<Record<Ability, string>> = {
  able: "",
  insecure: "This page was not opened over TLS, so this browser cannot be notified.",
  unable:
    "This browser cannot be notified. On an iPhone or iPad, add Rollcall to the home screen first, and open it from there.",
  denied: "This browser was told not to notify you: allow it in the settings of this page.",
};

function Device({ device, isThis }: { device: DeviceShown; isThis: boolean }) {
  const face = useTodaysClockFormat();
  const { mutate, isPending, error } = useRemoving();
  const { id, name, service, added_at, tried_at, failure } = device;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="wrap-anywhere font-strong text-dense">{name}</span>
          {isThis && <Pill tone="present">This device</Pill>}
        </p>
        <p className="num wrap-anywhere text-caption text-ink-3">
          {service} · since {face.date(fromWireTime(added_at))}
        </p>
        {tried_at !== null && (
          <p
            className={`num wrap-anywhere text-caption ${failure === null ? "text-ink-3" : "text-lost-ink"}`}
          >
            {failure === null ? "Last taken" : "Last not taken"}{" "}
            {face.minute(fromWireTime(tried_at))}
            {failure !== null && `: ${failure}`}
          </p>
        )}
        {error !== null && !isPending && (
          <p role="alert" className="text-caption text-lost-ink">
            {error.message}
          </p>
        )}
      </div>
      <Button
        look="small"
        className="text-note"
        disabled={isPending}
        onClick={() => mutate({ id, isThis })}
      >
        Remove<span className="sr-only"> {name}</span>
      </Button>
    </div>
  );
}
