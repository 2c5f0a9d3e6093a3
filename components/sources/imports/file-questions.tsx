"use client";

import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CONTROL, Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { COLUMN_WORDS, type ColumnWord } from "#domain/sources/imports/imports.ts";
import type { RefusedDetail } from "./detail.ts";
import type { OwnSettings } from "./send-file.ts";

type OnAnswer = (own: OwnSettings) => void;

/** What a file cannot be read without, asked where it is missing. */
export function FileQuestions({
  details,
  onAnswer,
}: {
  details: readonly RefusedDetail[];
  onAnswer: OnAnswer;
}) {
  const about = (field: string) => details.filter((one) => one.field === field);
  const [dates, columns] = [about("dates"), about("columns")];
  return (
    <>
      {dates.length > 0 && <Dates readings={dates} onAnswer={onAnswer} />}
      {about("room").length > 0 && <Room onAnswer={onAnswer} />}
      {columns.length > 0 && <Columns columns={columns} onAnswer={onAnswer} />}
    </>
  );
}

/** Both readings of its dates: an operator who knows the file chooses one. */
function Dates({ readings, onAnswer }: { readings: readonly RefusedDetail[]; onAnswer: OnAnswer }) {
  return (
    <ul className="grid gap-2 text-dense">
      {readings.map(({ value, message }) => (
        <li key={message} className="flex flex-wrap items-center gap-2.5">
          <Button
            onClick={() => onAnswer({ dates: value === "day_first" ? "day_first" : "month_first" })}
          >
            {value === "day_first" ? "Day first" : "Month first"}
          </Button>
          <span className="num wrap-anywhere min-w-0 text-ink-2">{message}</span>
        </li>
      ))}
    </ul>
  );
}

function Room({ onAnswer }: { onAnswer: OnAnswer }) {
  const [room, setRoom] = useState("");
  return (
    <form
      className="flex items-end gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (room.trim() !== "") onAnswer({ room: room.trim() });
      }}
    >
      <Field label="Room" className="max-w-72 flex-1">
        <input
          type="text"
          value={room}
          maxLength={200}
          onChange={({ target }) => setRoom(target.value)}
          className={CONTROL}
        />
      </Field>
      <Button type="submit">Read it this way</Button>
    </form>
  );
}

const COLUMNS: Record<ColumnWord, string> = {
  name: "Name",
  first_name: "First name",
  last_name: "Last name",
  email: "E-mail",
  joined: "Join time",
  left: "Leave time",
  length: "Duration",
  waiting: "Waited (yes or no)",
  attended: "Attended (yes or no)",
  action: "Joined or left",
  time: "Time of that",
  ignore: "None of these",
};
const WORDS = Object.keys(COLUMN_WORDS).filter(isWord);

function isWord(text: string): text is ColumnWord {
  return Object.hasOwn(COLUMN_WORDS, text);
}

/** Each column with its meaning, chosen by the operator; it is remembered for the next file with these columns. */
function Columns({ columns, onAnswer }: { columns: readonly RefusedDetail[]; onAnswer: OnAnswer }) {
  const named = columns.flatMap(({ column, as }) => (column === null ? [] : [{ column, as }]));
  const [chosen, setChosen] = useState<ReadonlyMap<string, ColumnWord>>(new Map());
  const id = useId();
  return (
    <form
      aria-labelledby={id}
      className="grid gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        const asChosen = named.map(({ column, as }) => [column, chosen.get(column) ?? wordOf(as)]);
        onAnswer({ columns: JSON.stringify(Object.fromEntries(asChosen)) });
      }}
    >
      <p id={id} className="text-dense text-ink-2">
        Say what each column is. The next file with the same columns is read the same way.
      </p>
      <div className="grid grid-cols-1 gap-x-2.5 gap-y-2 sm:grid-cols-2">
        {named.map(({ column, as }) => (
          <Field key={column} label={column}>
            <Select
              value={chosen.get(column) ?? wordOf(as)}
              onChange={({ target }) => {
                const word = target.value;
                if (isWord(word)) setChosen((all) => new Map(all).set(column, word));
              }}
            >
              {WORDS.map((word) => (
                <option key={word} value={word}>
                  {COLUMNS[word]}
                </option>
              ))}
            </Select>
          </Field>
        ))}
      </div>
      <Button type="submit" className="justify-self-start">
        Read it this way
      </Button>
    </form>
  );
}

function wordOf(role: string | null): ColumnWord {
  return WORDS.find((word) => COLUMN_WORDS[word] === role) ?? "ignore";
}
