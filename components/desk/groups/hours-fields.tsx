import { useId } from "react";
import { CONTROL, Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { WEEKDAYS } from "#domain/time/weekday.ts";
import { DAY_NAMES } from "./day-names.ts";
import type { GroupDraft } from "./group-draft.ts";

/** The opening hours of a group, by the day of the week. */
export function HoursFields({
  draft,
  faults,
  zones,
  onChange,
}: {
  draft: GroupDraft;
  faults: ReadonlyMap<string, string>;
  zones: readonly string[];
  onChange: (change: Partial<GroupDraft>) => void;
}) {
  const id = useId();
  return (
    <fieldset className="mt-3.5">
      <legend className="sr-only">Opening hours</legend>
      <label className="flex items-baseline gap-2 text-dense">
        <input
          type="checkbox"
          checked={draft.hasHours}
          onChange={({ target }) => onChange({ hasHours: target.checked })}
        />
        <span>
          Opening hours{" "}
          <span className="text-note text-ink-3">outside them nothing alarms, or counts</span>
        </span>
      </label>
      {draft.hasHours && (
        <div className="mt-1.5 grid gap-1.5 pl-5.5">
          {WEEKDAYS.map((day) => {
            const fault = faults.get(day) ?? null;
            return (
              <div key={day} className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-x-2">
                <label htmlFor={`${id}-${day}`} className="text-note text-ink-2">
                  {DAY_NAMES[day]}
                </label>
                <input
                  id={`${id}-${day}`}
                  className={`${CONTROL} num`}
                  value={draft.days[day]}
                  placeholder="closed"
                  autoComplete="off"
                  aria-invalid={fault !== null || undefined}
                  aria-describedby={fault === null ? undefined : `${id}-${day}-fault`}
                  onChange={({ target }) =>
                    onChange({ days: { ...draft.days, [day]: target.value } })
                  }
                />
                {fault !== null && (
                  <p
                    id={`${id}-${day}-fault`}
                    className="col-start-2 text-caption text-lost-ink"
                    role="alert"
                  >
                    {fault}
                  </p>
                )}
              </div>
            );
          })}
          <Field label="Closed all the same on these days">
            <input
              className={`${CONTROL} num`}
              value={draft.closedOn}
              placeholder="2026-12-25, 2026-12-26"
              autoComplete="off"
              aria-invalid={faults.has("closedOn") || undefined}
              onChange={({ target }) => onChange({ closedOn: target.value })}
            />
          </Field>
          {faults.has("closedOn") && (
            <p role="alert" className="text-caption text-lost-ink">
              {faults.get("closedOn")}
            </p>
          )}
          <Field label="By the clocks of">
            <Select
              value={draft.timeZone}
              onChange={({ target }) => onChange({ timeZone: target.value })}
            >
              {[...new Set([draft.timeZone, ...zones])].map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </Select>
          </Field>
        </div>
      )}
    </fieldset>
  );
}
