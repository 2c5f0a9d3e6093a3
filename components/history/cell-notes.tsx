import type { ReactNode } from "react";

/** A second line of a cell. */
export function Note({ children }: { children: ReactNode }) {
  return <span className="block whitespace-nowrap text-ink-3 text-xs">{children}</span>;
}

/** A dash, and why there is nothing. */
export function Nothing({ why }: { why: string }) {
  return (
    <span className="text-ink-3" title={why}>
      <span aria-hidden>–</span>
      <span className="sr-only">{why}</span>
    </span>
  );
}
