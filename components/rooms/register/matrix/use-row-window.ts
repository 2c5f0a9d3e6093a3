import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";
import { useHydrated } from "#components/ui/use-hydrated.ts";

/** Up to so many cells are all drawn: for finding in the page, and for screen readers. */
const ALL_UP_TO = 3_000;
const FIRST_ROWS = 40;
const OVERSCAN = 8;

export interface RowWindow {
  first: number;
  /** The index after the last row. */
  end: number;
  /** The heights of the rows left out above and below. */
  above: number;
  below: number;
}

/** Which rows of a long table are drawn: those in sight of the element it scrolls in. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  { rows, columns, rowHeight }: { rows: number; columns: number; rowHeight: number },
): RowWindow {
  const isHydrated = useHydrated();
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    initialRect: { width: 1000, height: 700 },
  });
  const items = virtualizer.getVirtualItems();
  if (rows * columns <= ALL_UP_TO) return { first: 0, end: rows, above: 0, below: 0 };
  // The first drawing in the browser must be the same as the server's.
  const first = isHydrated ? (items[0]?.index ?? 0) : 0;
  const end = isHydrated ? (items.at(-1)?.index ?? -1) + 1 : Math.min(rows, FIRST_ROWS);
  return { first, end, above: first * rowHeight, below: (rows - end) * rowHeight };
}
