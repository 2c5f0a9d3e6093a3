"use client";

import { type ReactNode, useState } from "react";
import { Select } from "#components/ui/select.tsx";

/** One of several options. It shows the choice at once, while the page is still loading for it. */
export function Choice({
  name,
  label,
  value,
  onChange,
  children,
}: {
  /** The parameter's name in the form; without one the choice is not part of the address. */
  name?: string;
  /** The accessible name, where no label stands beside it. */
  label?: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  const [shown, setShown] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    setShown(value);
  }
  return (
    <Select
      name={name}
      aria-label={label}
      value={shown}
      onChange={({ target }) => {
        setShown(target.value);
        onChange(target.value);
      }}
    >
      {children}
    </Select>
  );
}
