"use client";

import { type ChangeEvent, useState } from "react";
import { counted } from "#components/words/count.ts";
import type { DraftFault } from "./draft.ts";
import { INPUT, Labelled } from "./labelled.tsx";

/** The API takes no more. */
const MOST_BYTES = 900_000;

/** Whom one expects: pasted, written, or from a CSV file. */
export function RosterField({
  roster,
  faults,
  onChange,
}: {
  roster: string;
  faults: readonly DraftFault[];
  onChange: (roster: string) => void;
}) {
  const [tooLarge, setTooLarge] = useState(false);
  const lines = roster.split("\n").filter((line) => line.trim() !== "").length;
  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (file === undefined) return;
    setTooLarge(file.size > MOST_BYTES);
    if (file.size <= MOST_BYTES) onChange(await file.text());
    // So that the same file can be chosen again once it was mended.
    target.value = "";
  };
  const large: DraftFault[] = tooLarge
    ? [{ field: "roster", line: null, message: "the file is larger than a roster can be" }]
    : [];
  return (
    <div className="grid gap-2">
      <Labelled
        label="Roster"
        faults={[...large, ...faults]}
        note={
          <>
            A person a line: <i>Ada Lovelace</i>, <i>Ada Lovelace &lt;ada@example.org&gt;</i>, or
            with the role behind it: <i>Dr Wu, host</i>. Or a table (CSV, or copied from a sheet)
            whose first line names its columns: name, email, user_id, role.{" "}
            <span className="num">{counted(lines, "line", "lines")}.</span>
          </>
        }
      >
        {(ties) => (
          <textarea
            {...ties}
            value={roster}
            rows={10}
            spellCheck={false}
            onChange={({ target }) => onChange(target.value)}
            className={`${INPUT} h-auto! py-2 leading-relaxed`}
          />
        )}
      </Labelled>
      <label className="button w-fit cursor-pointer focus-within:outline-2 focus-within:outline-focus">
        Choose a CSV file
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={take}
          className="sr-only"
        />
      </label>
    </div>
  );
}
