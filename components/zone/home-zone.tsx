"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import { useMay } from "#components/viewer/me.tsx";
import { useZonesShown } from "#components/viewer/zones-context.ts";
import { ZoneList } from "./zone-field.tsx";

/** Sets the installation's zone, for all readers. Afterwards every page is read again. */
export function useHomeZone() {
  const router = useRouter();
  return useMutation({
    mutationFn: (zone: string) =>
      tellApi("/installation", { method: "PATCH", body: { time_zone: zone } }),
    onSuccess: () => router.refresh(),
  });
}

/** The installation's own zone, and how to set another. */
export function HomeZone() {
  const { home, homeBy } = useZonesShown();
  const mayChange = useMay("manage");
  const [isChanging, setChanging] = useState(false);
  const { mutate, isPending, error } = useHomeZone();
  return (
    <div className="mt-3 border-line border-t pt-2.5 text-note text-ink-2">
      <p>
        The installation’s zone is {home}
        {homeBy === "variable" && ", set by ROLLCALL_TIME_ZONE"}
        {homeBy === "server" && ", the server’s own"}. Programs and whoever chose nothing get it.
      </p>
      {mayChange && homeBy !== "variable" && !isChanging && (
        <Button onClick={() => setChanging(true)} look="link" className="mt-1">
          Change it for everybody
        </Button>
      )}
      {isChanging && (
        <div className="mt-2">
          <p className="mb-1 text-ink-3 text-caption">
            {isPending ? "Saving…" : "The installation’s zone, for everybody"}
          </p>
          <ZoneList
            chosen={home}
            onZone={(zone) => mutate(zone, { onSuccess: () => setChanging(false) })}
          />
        </div>
      )}
      {error !== null && (
        <p role="alert" className="mt-1 text-lost-ink">
          {error.message}
        </p>
      )}
    </div>
  );
}
