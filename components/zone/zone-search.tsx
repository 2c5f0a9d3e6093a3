"use client";

import { Combobox } from "@base-ui/react/combobox";
import { useMemo, useState } from "react";
import { useZoneNames } from "#components/viewer/use-zone-names.ts";
import { zonesFrom } from "#components/viewer/zones.ts";
import { useZonesShown } from "#components/viewer/zones-context.ts";
import { findZones } from "#domain/zones/find.ts";

/** No reader scans more than these: another zone is found with one more letter. */
const MOST_SHOWN = 60;

/**
 * A search over every time zone, this browser's and the installation's first: by its city or another, its country, the
 * name of its time, or its offset from UTC.
 */
export function ZoneSearch({ chosen, onZone }: { chosen: string; onZone: (zone: string) => void }) {
  const { own, home } = useZonesShown();
  const zones = useMemo(() => zonesFrom([own, home, chosen, "UTC"]), [own, home, chosen]);
  const names = useZoneNames(zones);
  const [query, setQuery] = useState("");
  const found = useMemo(() => findZones(zones, query, names), [zones, query, names]);
  return (
    <Combobox.Root<string>
      inline
      open
      items={zones}
      filteredItems={found}
      limit={MOST_SHOWN}
      autoHighlight
      value={chosen}
      inputValue={query}
      onInputValueChange={setQuery}
      onValueChange={(zone) => {
        if (zone !== null) onZone(zone);
      }}
    >
      <Combobox.Input
        aria-label="Search zones"
        placeholder="Search, as Mumbai, Germany or PST"
        className="h-8 w-full rounded-lg border border-line bg-surface px-2.5 text-dense text-ink placeholder:text-ink-3"
      />
      <Combobox.Empty className="px-2.5 text-dense text-ink-2 not-empty:py-2">
        {names.size === 0 ? "Looking…" : "No time zone is called that."}
      </Combobox.Empty>
      <Combobox.List className="mt-1 max-h-60 overflow-y-auto overscroll-contain">
        {(zone: string) => (
          <Combobox.Item
            key={zone}
            value={zone}
            className="flex cursor-pointer items-baseline justify-between gap-3 rounded-md px-2.5 py-1.25 text-dense data-highlighted:bg-sunken data-selected:font-strong"
          >
            <span className="wrap-anywhere">{zone}</span>
            <span className="flex-none text-ink-3 text-caption">
              {noteOf(zone, own, home) || names.get(zone)?.country}
            </span>
          </Combobox.Item>
        )}
      </Combobox.List>
    </Combobox.Root>
  );
}

function noteOf(zone: string, own: string | null, home: string): string {
  if (zone === own) return zone === home ? "this browser, installation" : "this browser";
  return zone === home ? "installation" : "";
}
