"use client";

import { Columns3 } from "lucide-react";
import { useState } from "react";
import { buttonLook } from "#components/ui/button.tsx";
import { PopOver } from "#components/ui/pop-over.tsx";

/** Chooses which columns are shown; the last one cannot be taken away. */
export function ColumnChoice<Name extends string>({
  all,
  words,
  columns,
  onChange,
}: {
  all: readonly Name[];
  words: Readonly<Record<Name, { title: string }>>;
  columns: readonly Name[];
  onChange: (columns: Name[]) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const toggle = (name: Name) =>
    onChange(all.filter((one) => columns.includes(one) !== (one === name)));
  return (
    <PopOver
      open={isOpen}
      onOpenChange={setOpen}
      button={{
        className: buttonLook({ hasSign: true }),
        children: (
          <>
            <Columns3 aria-hidden className="size-3.5" />
            Columns
          </>
        ),
      }}
      label="Columns"
      align="end"
      className="w-56 p-1.5"
    >
      {all.map((name) => (
        <label
          key={name}
          className="flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1.5 text-dense hover:bg-sunken"
        >
          <input
            type="checkbox"
            checked={columns.includes(name)}
            disabled={columns.length === 1 && columns.includes(name)}
            onChange={() => toggle(name)}
            className="size-3.75 accent-present"
          />
          {words[name].title}
        </label>
      ))}
    </PopOver>
  );
}
