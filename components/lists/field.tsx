"use client";

import type { ReactNode } from "react";

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

export const CONTROL =
  "h-8 w-full min-w-0 rounded-lg border border-line bg-surface px-2 text-dense text-ink placeholder:text-ink-3";
