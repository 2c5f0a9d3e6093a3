"use client";

import { Popover } from "@base-ui/react/popover";
import { Columns3 } from "lucide-react";
import { COLUMN_WORDS, COLUMNS, type ColumnName } from "./columns.ts";

/** Which columns are seen; the last one stays. */
export function ColumnChoice({
  columns,
  onChange,
}: {
  columns: readonly ColumnName[];
  onChange: (columns: ColumnName[]) => void;
}) {
  const toggle = (name: ColumnName) =>
    onChange(COLUMNS.filter((one) => columns.includes(one) !== (one === name)));
  return (
    <Popover.Root>
      <Popover.Trigger className="button inline-flex! items-center gap-1.5">
        <Columns3 aria-hidden className="size-3.5" />
        Columns
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" collisionPadding={12} className="z-50">
          <Popover.Popup
            aria-label="Columns"
            className="popup w-56 rounded-lg border border-line bg-surface p-1.5 shadow-popup outline-none"
          >
            {COLUMNS.map((name) => (
              <label
                key={name}
                className="flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1.5 text-[13px] hover:bg-sunken"
              >
                <input
                  type="checkbox"
                  checked={columns.includes(name)}
                  disabled={columns.length === 1 && columns.includes(name)}
                  onChange={() => toggle(name)}
                  className="size-3.75 accent-present"
                />
                {COLUMN_WORDS[name].title}
              </label>
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
