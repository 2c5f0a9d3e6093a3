"use client";

import { FormField, INPUT } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { localeSettings } from "#components/words/locale-settings.ts";
import { weekdayOf } from "#domain/scheduled/repeating.ts";
import { isDay } from "#domain/time/period.ts";
import { weekFrom } from "#domain/viewer/viewer.ts";
import type { Draft, DraftFault } from "./draft.ts";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** Whether the meeting takes place every week, on which days, and until when. */
export function RepeatFields({
  draft,
  isRepeating,
  faultsOf,
  onChange,
}: {
  draft: Draft;
  /** It is one of several already, so the form asks which of them are changed. */
  isRepeating: boolean;
  faultsOf: (field: string) => readonly DraftFault[];
  onChange: (change: Partial<Draft>) => void;
}) {
  const own = isDay(draft.day) ? weekdayOf(draft.day) : null;
  const days = own === null ? draft.weekdays : [...new Set([...draft.weekdays, own])];
  const isWhole = !isRepeating || draft.following;
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      {isRepeating && (
        <FormField label="What is changed" faults={[]} className="sm:col-span-2 sm:max-w-80">
          {(ties) => (
            <Select
              size="form"
              {...ties}
              value={draft.following ? "following" : "this"}
              onChange={({ target }) => onChange({ following: target.value === "following" })}
            >
              <option value="this">Only this meeting</option>
              <option value="following">This and all that follow</option>
            </Select>
          )}
        </FormField>
      )}
      {isWhole && (
        <fieldset aria-label="Repeat" className="grid gap-1.5">
          <label className="flex items-center gap-1.5 text-dense text-ink-2">
            <input
              type="checkbox"
              checked={draft.repeats}
              onChange={({ target }) => onChange({ repeats: target.checked })}
            />
            Every week
          </label>
          {draft.repeats && (
            <span className="flex flex-wrap gap-x-3 gap-y-1">
              {weekFrom(localeSettings().firstDay).map((day) => (
                <label key={day} className="flex items-center gap-1 text-dense">
                  <input
                    type="checkbox"
                    checked={days.includes(day)}
                    disabled={own === day}
                    onChange={({ target }) =>
                      onChange({
                        weekdays: target.checked
                          ? [...draft.weekdays, day]
                          : draft.weekdays.filter((one) => one !== day),
                      })
                    }
                  />
                  {DAYS[day - 1]}
                </label>
              ))}
            </span>
          )}
          {faultsOf("repeat.weekdays").map(({ message }) => (
            <p key={message} className="text-note text-lost-ink">
              {message}
            </p>
          ))}
        </fieldset>
      )}
      {isWhole && draft.repeats && (
        <FormField
          label="Until (optional)"
          note="The meetings keep the time on its clocks, in summer and in winter. A roster is kept as a class list."
          faults={faultsOf("repeat.until")}
        >
          {(ties) => (
            <input
              {...ties}
              type="date"
              value={draft.until}
              onChange={({ target }) => onChange({ until: target.value })}
              className={`${INPUT} num`}
            />
          )}
        </FormField>
      )}
    </div>
  );
}
