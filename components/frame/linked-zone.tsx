"use client";

import { Globe } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { choiceOf, useZonesShown } from "#components/viewer/zones-context.ts";
import { chosenZone, NO_BROWSER_SETTINGS } from "#domain/viewer/viewer.ts";

/** A notice above every screen that a link shows its times in another zone than the one chosen here. */
export function LinkedZone() {
  const zones = useZonesShown();
  if (!zones.isLinked) return null;
  const { shown, home, own, choice, choose } = zones;
  const isChosen = choice !== "home";
  const mine = chosenZone({ home, said: { ...NO_BROWSER_SETTINGS, own, choice } });
  return (
    <p className="mb-4 flex flex-wrap items-center gap-x-2.5 gap-y-1.5 rounded-lg bg-sunken px-3.5 py-2 text-dense text-ink-2 print:hidden">
      <Globe aria-hidden className="size-4 flex-none" />
      <span className="min-w-0">
        This link shows its times in <strong className="font-strong text-ink">{shown}</strong>;{" "}
        {isChosen ? "you chose" : "this installation uses"} {mine}.
      </span>
      <Button onClick={() => choose(choice)}>Show in {mine}</Button>
      <Button onClick={() => choose(choiceOf(shown, zones))}>Always use {shown}</Button>
    </p>
  );
}
