"use client";

import { Popover } from "@base-ui/react/popover";
import { Columns3 } from "lucide-react";

/** Which columns are seen; the last one stays. */
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
  const toggle = (name: Name) =>
    onChange(all.filter((one) => columns.includes(one) !== (one === name)));
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
            {all.map((name) => (
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
                {words[name].title}
              </label>
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
