import type { ComponentProps } from "react";
import { INPUT } from "#components/ui/field.tsx";

/** A named control of a form at the door. */
export function DoorField({
  label,
  note,
  ...input
}: ComponentProps<"input"> & { label: string; note?: string }) {
  return (
    <label className="flex flex-col gap-1">
      <span className="text-note text-ink-2">{label}</span>
      <input {...input} className={INPUT} />
      {note !== undefined && <span className="text-caption text-ink-3">{note}</span>}
    </label>
  );
}
