"use client";

import { type ChangeEvent, useState } from "react";
import { buttonLook } from "#components/ui/button.tsx";
import { FormField, INPUT } from "#components/ui/field.tsx";
import { counted } from "#components/words/count.ts";
import type { DraftFault } from "./draft.ts";
import type { RosterReadingChoice } from "./roster-choices.ts";
import { RosterPreview } from "./roster-preview.tsx";
import { TOO_LARGE, textOf } from "./text-of-file.ts";

/** The API takes no more. */
const MOST_BYTES = 900_000;

/** The roster: pasted, typed, or from a CSV file. */
export function RosterField({
  roster,
  faults,
  chosen,
  onChange,
  onChoose,
}: {
  roster: string;
  chosen: RosterReadingChoice;
  faults: readonly DraftFault[];
  onChange: (roster: string) => void;
  onChoose: (chosen: RosterReadingChoice) => void;
}) {
  const [refused, setRefused] = useState<string | null>(null);
  const lines = roster.split("\n").filter((line) => line.trim() !== "").length;
  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (file === undefined) return;
    const text = file.size > MOST_BYTES ? TOO_LARGE : textOf(await file.arrayBuffer());
    setRefused("why" in text ? text.why : null);
    if ("text" in text) onChange(text.text);
    // So that the same file can be chosen again after it was corrected.
    target.value = "";
  };
  const own: DraftFault[] =
    refused === null ? [] : [{ field: "roster", line: null, message: refused }];
  return (
    <div className="grid gap-2">
      <FormField
        label="Roster"
        faults={[...own, ...faults]}
        note={
          <>
            A person a line, or a table with or without a heading, copied from anywhere: names in
            one column or in two, with their addresses, user ids and roles. Below it you see what is
            understood before anything is kept.{" "}
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
      </FormField>
      <label
        className={buttonLook({
          className: "w-fit cursor-pointer focus-within:outline-2 focus-within:outline-focus",
        })}
      >
        Choose a file
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={take}
          className="sr-only"
        />
      </label>
      <RosterPreview roster={roster} chosen={chosen} onChoose={onChoose} />
    </div>
  );
}
