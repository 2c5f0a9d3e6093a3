import type { ReactNode } from "react";

/** A second line of a cell. */
export function Note({ title, children }: { title?: string | null; children: ReactNode }) {
  return (
    <span title={title ?? undefined} className="block whitespace-nowrap text-ink-3 text-caption">
      {children}
    </span>
  );
}

/** The text by which a search found the row, where the row's own name does not show it. */
export function Matched({ words }: { words: string }) {
  return (
    <bdi title={words} className="block max-w-72 truncate text-ink-2 text-caption">
      {words}
    </bdi>
  );
}

/** A dash, with the reason why the cell is empty. */
export function Nothing({ why }: { why: string }) {
  return (
    <span className="text-ink-3" title={why}>
      <span aria-hidden>–</span>
      <span className="sr-only">{why}</span>
    </span>
  );
}
