import { type ReactNode, useId } from "react";

/** A named region with a head and a body. `label` names it where others on the page may have the same title. */
export function Card({
  title,
  label,
  anchor,
  note,
  aside,
  className = "",
  children,
}: {
  title: string;
  label?: string;
  /** The element id by which links lead here. */
  anchor?: string;
  note?: ReactNode;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      id={anchor}
      tabIndex={anchor === undefined ? undefined : -1}
      aria-label={label}
      aria-labelledby={label === undefined ? id : undefined}
      className={`rounded-card border border-line bg-surface shadow-card ${anchor === undefined ? "" : "scroll-mt-16 lg:scroll-mt-4"} ${className}`}
    >
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-2 border-line border-b px-4 py-2 sm:px-4.5">
        <div className="flex min-w-0 items-baseline gap-1.5">
          <h2 id={id} className="font-semibold text-dense tracking-card">
            {title}
          </h2>
          {note !== undefined && <span className="truncate text-dense text-ink-3">{note}</span>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}
