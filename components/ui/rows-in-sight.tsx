"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import {
  type Dispatch,
  type RefObject,
  type SetStateAction,
  useCallback,
  useEffect,
  useLayoutEffect,
  useState,
} from "react";
import type { RowsAsked, RowsSeen } from "./window-rows.ts";

const OVERSCAN = 10;

/** Reports which rows of a list that scrolls with the page are in sight. Renders nothing; loaded for long lists. */
export function RowsInSight({
  asked: { count, sizeOf, keyOf, keep, coveredTop },
  list,
  onSight,
}: {
  asked: RowsAsked;
  list: RefObject<HTMLElement | null>;
  onSight: Dispatch<SetStateAction<RowsSeen | null>>;
}) {
  const [margin, setMargin] = useState(0);
  useEffect(() => {
    const measure = () => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      setMargin(Math.round(top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [list]);

  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: sizeOf,
    getItemKey: keyOf,
    overscan: OVERSCAN,
    scrollMargin: margin,
    scrollPaddingStart: coveredTop,
    scrollPaddingEnd: 24,
    initialRect: { width: 1280, height: 900 },
    rangeExtractor: ({ startIndex, endIndex, overscan }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const indices = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      if (keep < 0 || keep >= count || indices.includes(keep)) return indices;
      return [...indices, keep].toSorted((a, b) => a - b);
    },
  });
  const show = useCallback(
    (index: number) => virtualizer.scrollToIndex(index, { align: "auto" }),
    [virtualizer],
  );
  // Before the browser paints the new scroll position.
  useLayoutEffect(() => {
    const rows = virtualizer.getVirtualItems().map(({ index, start, size }) => {
      return { index, top: start - margin, height: size };
    });
    const height = virtualizer.getTotalSize();
    const next = { rows, height, measure: virtualizer.measureElement, show };
    onSight((previous) => (previous !== null && isSame(previous, next) ? previous : next));
  });
  return null;
}

/** Compares `show` too: the virtualizer of a list that was short meanwhile no longer scrolls anything. */
function isSame(previous: RowsSeen, next: RowsSeen): boolean {
  if (
    previous.show !== next.show ||
    previous.height !== next.height ||
    previous.rows.length !== next.rows.length
  )
    return false;
  return previous.rows.every(({ index, top, height }, at) => {
    const row = next.rows[at];
    return row?.index === index && row.top === top && row.height === height;
  });
}
