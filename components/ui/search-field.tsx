"use client";

import { Search } from "lucide-react";
import { useState } from "react";

/**
 * What is typed stands in the field at once, however long it takes until `value` follows; a value that was not typed
 * here takes its place.
 */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [field, setField] = useState<Typed>({ value, text: value, sent: [] });
  if (field.value !== value) setField(followed(field, value));
  const type = (text: string) => {
    setField((before) => ({ ...before, text, sent: [...before.sent, text] }));
    onChange(text);
  };
  return (
    <label className="relative block w-full sm:w-auto">
      <span className="sr-only">{label}</span>
      <Search
        aria-hidden
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 size-3.5 text-ink-3"
      />
      <input
        type="search"
        value={field.text}
        onChange={(event) => type(event.target.value)}
        placeholder={label}
        className="h-8 w-full rounded-lg border border-line bg-ground pr-2 pl-8 text-dense placeholder:text-ink-3 sm:w-44"
      />
    </label>
  );
}

interface Typed {
  /** The last that was heard of. */
  value: string;
  text: string;
  /** What was typed since, and is not heard of yet. */
  sent: readonly string[];
}

function followed({ text, sent }: Typed, value: string): Typed {
  const own = sent.indexOf(value);
  return own === -1 ? { value, text: value, sent: [] } : { value, text, sent: sent.slice(own + 1) };
}
