"use client";

import { Search } from "lucide-react";

export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <label className="relative block w-full sm:w-auto">
      <span className="sr-only">{label}</span>
      <Search
        aria-hidden
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 size-3.5 text-ink-3"
      />
      <input
        type="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={label}
        className="h-8 w-full rounded-lg border border-line bg-ground pr-2 pl-8 text-dense placeholder:text-ink-3 sm:w-44"
      />
    </label>
  );
}
