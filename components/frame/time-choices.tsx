"use client";

import { Button } from "#components/ui/button.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { useMe } from "#components/viewer/me.tsx";
import { choiceOf, useZonesShown, type Zones } from "#components/viewer/zones-context.ts";
import { HomeZone } from "#components/zone/home-zone.tsx";
import { ZoneList } from "#components/zone/zone-field.tsx";

/** The choice of the zone for all times: the likely ones, any other, and the installation's own. */
export function TimeChoices({ onDone }: { onDone: () => void }) {
  const zones = useZonesShown();
  const isMember = useMe().id !== null;
  return (
    <>
      <h2 className="font-semibold text-dense">Your time</h2>
      <p className="mt-0.5 text-note text-ink-2">
        Times, days and “today” on all screens,{" "}
        {isMember ? "wherever you sign in." : "in this browser."}
      </p>
      <Likely zones={zones} onChosen={onDone} />
      <p className="mt-3 mb-1 text-ink-3 text-caption">Another</p>
      <ZoneList
        chosen={zones.shown}
        onZone={(zone) => {
          zones.choose(choiceOf(zone, zones));
          onDone();
        }}
      />
      <HomeZone />
    </>
  );
}

/** The two that nearly all readers want. */
function Likely({ zones, onChosen }: { zones: Zones; onChosen: () => void }) {
  const isHydrated = useHydrated();
  const { home, own, choice, isLinked } = zones;
  const likely = [
    { choice: "home", name: "This installation’s", zone: home },
    ...(isHydrated && own !== null
      ? [{ choice: "browser", name: "This browser’s", zone: own }]
      : []),
  ];
  return (
    <div className="mt-2 grid gap-1">
      {likely.map((one) => (
        <Button
          key={one.choice}
          aria-pressed={!isLinked && choice === one.choice}
          onClick={() => {
            zones.choose(one.choice);
            onChosen();
          }}
          look="row"
          className="flex items-baseline justify-between gap-3 rounded-md border border-line px-2.5 py-1.5 text-dense aria-pressed:border-ink"
        >
          <span>{one.name}</span>
          <span className="wrap-anywhere text-right text-ink-2">{one.zone}</span>
        </Button>
      ))}
    </div>
  );
}
