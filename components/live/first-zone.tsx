"use client";

import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useZonesShown } from "#components/viewer/zones-context.ts";
import { useHomeZone } from "#components/zone/home-zone.tsx";
import { ZoneField } from "#components/zone/zone-field.tsx";

/** At the first run: asks for the zone in which days begin. The browser's own zone is proposed. */
export function FirstZone() {
  const { home, homeBy, own } = useZonesShown();
  const [chosen, setChosen] = useState<string | null>(null);
  const { mutate, isPending, error } = useHomeZone();
  if (homeBy === "variable") {
    return <p>Days begin at midnight in {home}, as ROLLCALL_TIME_ZONE says.</p>;
  }
  const zone = chosen ?? (homeBy === "setting" ? home : (own ?? home));
  const isSet = homeBy === "setting" && zone === home;
  return (
    <>
      <p>
        When a day begins, and in which time programs and whoever chose nothing are told. Everybody
        may choose another for their own browser.
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <div className="w-64 max-w-full">
          <ZoneField zone={zone} onZone={setChosen} label="The installation’s time zone" />
        </div>
        {isSet ? (
          <p role="status" className="flex items-center gap-1.5 text-present-ink">
            <CircleCheck aria-hidden className="size-4" /> Set
          </p>
        ) : (
          <Button disabled={isPending} onClick={() => mutate(zone)}>
            {isPending ? "Saving…" : "Use this zone"}
          </Button>
        )}
      </div>
      {error !== null && (
        <p role="alert" className="text-lost-ink">
          {error.message}
        </p>
      )}
    </>
  );
}
