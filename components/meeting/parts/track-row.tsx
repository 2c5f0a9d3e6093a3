import type { ReactNode } from "react";

/** The columns that every row of the timeline shares; on a narrow screen the track takes the whole width. */
const TRACK_COLUMNS = "px-4 sm:px-4.5 sm:grid sm:grid-cols-[172px_minmax(0,1fr)_66px]";

/** A row of the timeline's head: a label, the track, and a number. */
export function TrackRow({
  label,
  figure,
  children,
}: {
  label: ReactNode;
  figure?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={`items-center ${TRACK_COLUMNS}`}>
      <div className="text-note text-ink-2 max-sm:sr-only">{label}</div>
      {children}
      <div className="num text-right text-note text-ink-2 max-sm:hidden">{figure}</div>
    </div>
  );
}

/** Covers the track of many rows at once, and lets presses through except on its children. */
export function TrackOverlay({
  className = "",
  children,
}: {
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className={`pointer-events-none absolute inset-0 ${TRACK_COLUMNS} ${className}`}>
      <div className="max-sm:hidden" />
      <div className="relative h-full">{children}</div>
    </div>
  );
}
