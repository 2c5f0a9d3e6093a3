"use client";

import { type ReactNode, useId } from "react";
import type { DraftFault } from "./draft.ts";

export const INPUT =
  "h-9 w-full min-w-0 rounded-lg border border-line bg-surface px-2.5 text-body text-ink placeholder:text-ink-3 aria-invalid:border-lost";

/** The ids that tie a control to its name, its note and its faults. */
export interface Ties {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** A control below its name, with a note, and its faults beside it. */
export function Labelled({
  label,
  note,
  faults,
  className = "",
  children,
}: {
  label: string;
  note?: ReactNode;
  faults: readonly DraftFault[];
  className?: string;
  children: (ties: Ties) => ReactNode;
}) {
  const id = useId();
  const hasFaults = faults.length > 0;
  const described = [...(note ? [`${id}-note`] : []), ...(hasFaults ? [`${id}-faults`] : [])];
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-note text-ink-2">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": described.length > 0 ? described.join(" ") : undefined,
        "aria-invalid": hasFaults || undefined,
      })}
      {note && (
        <p id={`${id}-note`} className="text-ink-3 text-caption">
          {note}
        </p>
      )}
      {hasFaults && (
        <ul id={`${id}-faults`} className="num text-note text-lost-ink">
          {faults.map(({ line, message }) => (
            <li key={`${line} ${message}`}>
              {line === null ? message : `Line ${line}: ${message}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
