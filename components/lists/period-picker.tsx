"use client";

import { useCallback } from "react";
import { CONTROL, Field } from "#components/ui/field.tsx";
import { choiceOf, useZonesShown } from "#components/viewer/zones-context.ts";
import { localeSettings } from "#components/words/locale-settings.ts";
import { ZoneField } from "#components/zone/zone-field.tsx";
import { isDay, type Period } from "#domain/time/period.ts";
import { Choice } from "./choice.tsx";
import { presetOf, presetsOn } from "./presets.ts";
import type { Address } from "./use-address.ts";
import { useDraft } from "./use-draft.ts";

/** Chooses the period and the time zone: a range by name, the first and last day, and the zone. */
export function PeriodPicker({
  period,
  today,
  address,
}: {
  period: Period;
  today: string;
  address: Address;
}) {
  const { go } = address;
  const { firstDay, lastDay, timeZone } = period;
  const zones = useZonesShown();
  const chosen = presetOf(period, today, localeSettings().firstDay)?.name ?? "";
  const setFrom = useCallback((from: string) => go({ from, to: lastDay }), [go, lastDay]);
  const setTo = useCallback((to: string) => go({ from: firstDay, to }), [go, firstDay]);
  return (
    <>
      <Field label="Days">
        <Choice
          value={chosen}
          onChange={(value) => {
            const preset = presetsOn(today, localeSettings().firstDay).find(
              ({ name }) => name === value,
            );
            if (preset) go({ from: preset.from, to: preset.to });
          }}
        >
          {chosen === "" && <option value="">Custom range</option>}
          {presetsOn(today, localeSettings().firstDay).map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Choice>
      </Field>
      <DayField label="From" name="from" day={firstDay} onChange={setFrom} />
      <DayField label="To, included" name="to" day={lastDay} onChange={setTo} />
      <input type="hidden" name="tz" value={timeZone} />
      <Field label="Time zone" className="sm:w-38">
        <ZoneField zone={timeZone} onZone={(zone) => zones.choose(choiceOf(zone, zones), go)} />
      </Field>
    </>
  );
}

function DayField({
  label,
  name,
  day,
  onChange,
}: {
  label: string;
  name: string;
  day: string;
  onChange: (day: string) => void;
}) {
  const [draft, setDraft] = useDraft(day, onChange, isDay);
  return (
    <Field label={label} className="sm:w-33">
      <input
        type="date"
        name={name}
        value={draft}
        onChange={({ target }) => setDraft(target.value)}
        className={`${CONTROL} num`}
      />
    </Field>
  );
}
