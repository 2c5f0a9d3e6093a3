"use client";

import { Globe } from "lucide-react";
import { useState } from "react";
import { Later } from "#components/ui/lazy/later.tsx";
import { LazyPart } from "#components/ui/lazy/part.ts";
import { PopOver } from "#components/ui/pop-over.tsx";
import { cityOf } from "#components/viewer/zones.ts";
import { useZonesShown } from "#components/viewer/zones-context.ts";

const choices = new LazyPart(() => import("./time-choices.tsx").then((read) => read.TimeChoices));

/** Shows the zone of all times, on every screen, and opens the choice of another. */
export function TimeControl() {
  const zones = useZonesShown();
  const [isOpen, setOpen] = useState(false);
  return (
    <PopOver
      open={isOpen}
      onOpenChange={setOpen}
      button={{
        label: `All times in ${zones.shown}`,
        className:
          "-mx-1.5 flex max-w-full items-center gap-1.75 rounded-md px-1.5 py-1 text-ink-2 text-caption hover:bg-sunken hover:text-ink",
        children: (
          <>
            <Globe aria-hidden className="size-3.5 flex-none" />
            <span className="truncate">{cityOf(zones.shown)} time</span>
          </>
        ),
      }}
      label="Your time"
      reads={choices}
      align="start"
      className="max-h-[80dvh] w-80 max-w-[calc(100vw-24px)] overflow-y-auto p-3"
    >
      <Later part={choices} props={{ onDone: () => setOpen(false) }} />
    </PopOver>
  );
}
