"use client";

import { type ReactNode, useState } from "react";
import { CONTROL } from "./field.tsx";

/** One of several. It shows what was chosen at once, while the page is still on its way there. */
export function Choice({
  name,
  label,
  value,
  onChange,
  children,
}: {
  /** In the form; none where it is not part of the address. */
  name?: string;
  /** What it is called, where no label stands beside it. */
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
    <select
      name={name}
      aria-label={label}
      value={shown}
      onChange={({ target }) => {
        setShown(target.value);
        onChange(target.value);
      }}
      className={CONTROL}
    >
      {children}
    </select>
  );
}
