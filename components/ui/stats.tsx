import type { ReactNode } from "react";
import { InfoTip } from "./info-tip.tsx";

export type StatTone = "present" | "waiting" | "lost" | "host";

const DOTS: Record<StatTone, string> = {
  present: "bg-present",
  waiting: "bg-waiting",
  lost: "bg-lost",
  host: "bg-host",
};

const GRIDS = {
  4: "grid-cols-2 md:grid-cols-4",
  5: "grid-cols-2 md:grid-cols-6 xl:grid-cols-5 *:first:col-span-2 md:*:col-span-2 md:*:nth-4:col-span-3 md:*:nth-5:col-span-3 xl:*:col-span-1!",
  6: "grid-cols-2 md:grid-cols-3 xl:grid-cols-6",
};

/** A row of headline numbers. The first spans two columns where the others do not fill the rows. */
export function Stats({
  label,
  columns,
  children,
}: {
  label: string;
  columns: 4 | 5 | 6;
  children: ReactNode;
}) {
  return (
    <dl
      aria-label={label}
      className={`grid gap-px overflow-hidden rounded-card border border-line bg-line shadow-card ${GRIDS[columns]}`}
    >
      {children}
    </dl>
  );
}

/** One number with its label and a note, and on demand its formula. */
export function Stat({
  label,
  tone,
  formula,
  note,
  children,
}: {
  label: string;
  tone?: StatTone;
  formula?: ReactNode;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-col bg-surface px-3.5 py-3 sm:px-4.5 sm:py-3.5">
      <dt className="flex grow items-start gap-1.75 text-note text-ink-2">
        {tone !== undefined && (
          <span className={`mt-1.25 size-2 flex-none rounded-full ${DOTS[tone]}`} />
        )}
        <span className="leading-snug sm:truncate">{label}</span>
        {formula !== undefined && <InfoTip about={label}>{formula}</InfoTip>}
      </dt>
      <dd className="num mt-0.5 font-strong text-number tracking-number">{children}</dd>
      <dd className="num min-h-4.5 text-ink-3 text-caption">{note}</dd>
    </div>
  );
}
