"use client";

import { FormField, INPUT } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { ZoneField } from "#components/zone/zone-field.tsx";
import type { LocalTime } from "#domain/time/local-time.ts";
import { type Draft, type DraftFault, repeatedTimeLabels, timesOf } from "./draft.ts";

/** When the meeting is: its day, from and to, and the zone of these times. */
export function TimeFields({
  draft,
  faultsOf,
  onChange,
}: {
  draft: Draft;
  faultsOf: (field: string) => readonly DraftFault[];
  onChange: (change: Partial<Draft>) => void;
}) {
  const { from, to, isOverMidnight } = timesOf(draft);
  return (
    <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-4">
      <FormField label="Day" faults={faultsOf("day")}>
        {(ties) => (
          <input
            {...ties}
            type="date"
            required
            value={draft.day}
            onChange={({ target }) => onChange({ day: target.value })}
            className={`${INPUT} num`}
          />
        )}
      </FormField>
      <FormField label="Time zone" faults={faultsOf("tz")}>
        {(ties) => (
          <ZoneField
            {...ties}
            zone={draft.timeZone}
            onZone={(timeZone) => onChange({ timeZone })}
          />
        )}
      </FormField>
      <Time
        label="From"
        value={draft.from}
        time={from}
        zone={draft.timeZone}
        isSecond={draft.fromSecond}
        faults={faultsOf("starts_at")}
        onTime={(time) => onChange({ from: time })}
        onSecond={(second) => onChange({ fromSecond: second })}
      />
      <Time
        label="To"
        value={draft.to}
        time={to}
        zone={draft.timeZone}
        isSecond={draft.toSecond}
        note={isOverMidnight ? "on the next day" : undefined}
        faults={faultsOf("ends_at")}
        onTime={(time) => onChange({ to: time })}
        onSecond={(second) => onChange({ toSecond: second })}
      />
    </div>
  );
}

function Time({
  label,
  value,
  time,
  zone,
  isSecond,
  note,
  faults,
  onTime,
  onSecond,
}: {
  label: string;
  value: string;
  time: LocalTime | null;
  zone: string;
  isSecond: boolean;
  note?: string | undefined;
  faults: readonly DraftFault[];
  onTime: (time: string) => void;
  onSecond: (second: boolean) => void;
}) {
  const skipped =
    time?.kind === "never" ? `Clocks go from ${time.from} to ${time.to} that day.` : undefined;
  return (
    <FormField
      label={label}
      note={note ?? (faults.length > 0 ? undefined : skipped)}
      faults={faults}
    >
      {(ties) => (
        <>
          <input
            {...ties}
            type="time"
            required
            value={value}
            onChange={({ target }) => onTime(target.value)}
            className={`${INPUT} num`}
          />
          {time?.kind === "twice" && (
            <Select
              size="form"
              aria-label={`${label}: ${value} comes twice that night`}
              value={isSecond ? "1" : "0"}
              onChange={({ target }) => onSecond(target.value === "1")}
            >
              {repeatedTimeLabels(time, zone).map((words, index) => (
                <option key={words} value={index}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </>
      )}
    </FormField>
  );
}
