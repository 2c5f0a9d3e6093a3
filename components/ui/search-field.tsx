"use client";

import { Search } from "lucide-react";
import { useState } from "react";

/** What is typed stands in the field as long as somebody is in it, however long it takes until `value` follows. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label className="relative block w-full sm:w-auto">
      <span className="sr-only">{label}</span>
      <Search
        aria-hidden
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 size-3.5 text-ink-3"
      />
      <input
        type="search"
        value={typed ?? value}
        onChange={({ target }) => {
          setTyped(target.value);
          onChange(target.value);
        }}
        onBlur={() => setTyped(null)}
        placeholder={label}
        className="h-8 w-full rounded-lg border border-line bg-ground pr-2 pl-8 text-dense placeholder:text-ink-3 sm:w-44"
      />
    </label>
  );
}
