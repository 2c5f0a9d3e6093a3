"use client";

import type { ReactNode } from "react";
import { OperatorDialog } from "#components/operator/operator-dialog.tsx";
import type { usePersonCorrections } from "./use-person-corrections.ts";

/** Pairs of people that wait for a correction, or have one, below a line that opens them. */
export function PairsFrame({
  title,
  note = null,
  links,
  isOpen = false,
  children,
}: {
  title: ReactNode;
  note?: ReactNode;
  /** Sends the corrections, signed by the operator. */
  links: ReturnType<typeof usePersonCorrections>;
  isOpen?: boolean;
  /** One line for each pair. */
  children: ReactNode;
}) {
  return (
    <details
      open={isOpen}
      className="mb-3 rounded-card border border-line bg-surface px-4 py-2.5 text-dense shadow-card sm:px-4.5 print:hidden"
    >
      <summary className="cursor-pointer font-firm">{title}</summary>
      {note}
      <ul className="mt-2 grid max-h-80 gap-2 overflow-y-auto">{children}</ul>
      {links.error !== null && (
        <p role="alert" className="mt-2 text-lost-ink">
          This was not saved. {links.error.message}
        </p>
      )}
      <OperatorDialog
        open={links.waiting !== null}
        name={links.operator}
        onName={links.sign}
        onClose={links.cancel}
      />
    </details>
  );
}
