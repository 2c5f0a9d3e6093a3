"use client";

import { type ReactNode, useId } from "react";

interface Choice<Value extends string> {
  value: Value;
  title: string;
  /** Its visible content; a picture is read out by `title`. */
  face: ReactNode;
}

/** A few choices side by side, of which one is chosen. */
export function Switch<Value extends string>({
  label,
  value,
  choices,
  onChange,
  className,
}: {
  label: string;
  value: Value;
  choices: readonly Choice<Value>[];
  onChange: (value: Value) => void;
  /** The classes of one choice. */
  className: string;
}) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="flex w-fit gap-0.5 rounded-lg bg-sunken p-0.5"
    >
      {choices.map((choice) => (
        <label
          key={choice.value}
          title={choice.title}
          className={`relative has-focus-visible:outline-2 has-focus-visible:outline-focus has-checked:bg-surface has-checked:text-ink has-checked:shadow-card ${className}`}
        >
          <input
            type="radio"
            name={name}
            aria-label={typeof choice.face === "string" ? undefined : choice.title}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-md outline-none"
          />
          {choice.face}
        </label>
      ))}
    </div>
  );
}
