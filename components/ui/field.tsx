import { type ReactNode, useId } from "react";

/** A small control, beside others in a bar or a card. */
export const CONTROL =
  "h-8 w-full min-w-0 rounded-lg border border-line bg-surface px-2 text-dense text-ink placeholder:text-ink-3";

/** A control of a form that fills a page. */
export const INPUT =
  "h-9 w-full min-w-0 rounded-lg border border-line bg-surface px-2.5 text-body text-ink placeholder:text-ink-3 aria-invalid:border-lost";

/** A control of a dialog. */
export const DIALOG_INPUT = "h-9 rounded-lg border border-line bg-ground px-2.5 text-body text-ink";

/** A control of a filter bar, with its label above it. */
export function Field({
  label,
  className = "",
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is passed in.
    <label className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <span className="text-ink-3 text-caption">{label}</span>
      {children}
    </label>
  );
}

/** The ids that tie a control to its name, its note and its faults. */
export interface Ties {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** A control of a form below its name, with a note, and its faults beside it. */
export function FormField({
  label,
  note,
  faults,
  className = "",
  children,
}: {
  label: string;
  note?: ReactNode;
  /** With the line they are in, where the control has lines. */
  faults: readonly { line: number | null; message: string }[];
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
