import { useId } from "react";
import { Select } from "#components/ui/select.tsx";
import {
  COLUMN_MEANINGS,
  COMMAS,
  type ColumnMeaning,
  type Commas,
  type RosterReading,
} from "#domain/scheduled/reading.ts";
import type { RosterReadingChoice } from "./roster-choices.ts";

const MEANS: Record<ColumnMeaning, string> = {
  name: "Name",
  first_name: "First name",
  middle_name: "Middle name",
  last_name: "Last name",
  email: "E-mail",
  user_id: "User id",
  role: "Role",
  ignore: "Left out",
};

const COMMA_MEANS: Record<Commas, string> = {
  last_first: "Last name, first name",
  people: "Several people",
  part_of_name: "Part of the name",
};

/** How the columns and commas of a roster were read, each with a choice to read them otherwise. */
export function ReadingChoices({
  reading,
  chosen,
  onChoose,
}: {
  reading: RosterReading;
  chosen: RosterReadingChoice;
  onChoose: (chosen: RosterReadingChoice) => void;
}) {
  const { columns, heading_line: heading, commas, questions } = reading;
  const isAsked = (field: string) => questions.find((one) => one.field === field);
  const asksCommas = isAsked("commas") !== undefined;
  const top = heading ?? 1;
  const isHeading = useId();
  const setColumn = (at: number, as: string) =>
    onChoose({
      ...chosen,
      columns: (columns ?? []).map((one, index) => (index === at ? as || null : one.as)),
    });
  return (
    <div className="grid gap-2">
      {questions.map(({ field, message }) => (
        <p
          key={field}
          className="rounded-md bg-waiting-soft px-2.5 py-1.5 text-note text-waiting-ink"
        >
          To be decided: {message}.
        </p>
      ))}
      {columns !== null && (
        <fieldset className="flex flex-wrap gap-2">
          <legend className="mb-1 text-ink-2 text-caption">What the columns are</legend>
          {columns.map((column, at) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: the control is the Select.
            <label
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is identified by its position.
              key={at}
              className="grid w-36 min-w-0 gap-0.5 text-ink-3 text-caption"
            >
              <bdi className="truncate">
                {column.heading || column.sample || `Column ${at + 1}`}
              </bdi>
              <Select
                size="inline"
                value={column.as ?? ""}
                onChange={({ target }) => setColumn(at, target.value)}
              >
                {column.as === null && <option value="">Not understood</option>}
                {COLUMN_MEANINGS.map((one) => (
                  <option key={one} value={one}>
                    {MEANS[one]}
                  </option>
                ))}
              </Select>
            </label>
          ))}
        </fieldset>
      )}
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        {(commas !== null || asksCommas) && (
          // biome-ignore lint/a11y/noLabelWithoutControl: the control is the Select.
          <label className="grid w-56 gap-0.5 text-ink-3 text-caption">
            A comma in a name
            <Select
              size="inline"
              value={commas ?? ""}
              onChange={({ target }) =>
                onChoose({ ...chosen, commas: COMMAS.find((one) => one === target.value) ?? null })
              }
            >
              {commas === null && <option value="">To be decided</option>}
              {COMMAS.map((one) => (
                <option key={one} value={one}>
                  {COMMA_MEANS[one]}
                </option>
              ))}
            </Select>
          </label>
        )}
        <label htmlFor={isHeading} className="flex items-center gap-1.5 text-note text-ink-2">
          <input
            id={isHeading}
            type="checkbox"
            checked={heading !== null}
            onChange={({ target }) =>
              onChoose({ ...chosen, columns: null, heading_line: target.checked ? top : 0 })
            }
          />
          Line {top} names the columns
        </label>
      </div>
    </div>
  );
}
