"use client";

import { useWindowVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useHydrated } from "./use-hydrated.ts";

/** Up to this many rows are simply there: for finding in the page, for printing, for screen readers. */
const ALL_UP_TO = 60;
const OVERSCAN = 10;

export interface WindowRow {
  key: string;
  index: number;
  /** From the top of the list. */
  top: number;
  height: number;
}

export interface WindowRows<List extends HTMLElement> {
  list: RefObject<List | null>;
  rows: WindowRow[];
  height: number;
  virtualizer: Virtualizer<Window, Element>;
}

/** The rows of a long list that scrolls with the page: those in sight, and `keep` wherever it is. */
export function useWindowRows<List extends HTMLElement>(options: {
  count: number;
  sizeOf: (index: number) => number;
  keyOf: (index: number) => string;
  keep?: number;
  /** How much of the window's top something that sticks there covers. */
  coveredTop?: number;
}): WindowRows<List> {
  const { count, sizeOf, keyOf, keep, coveredTop = 60 } = options;
  const list = useRef<List>(null);
  const hydrated = useHydrated();
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
  }, []);

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
      if (count <= ALL_UP_TO) return Array.from({ length: count }, (_, index) => index);
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const indices = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      if (keep === undefined || keep < 0 || keep >= count || indices.includes(keep)) return indices;
      return [...indices, keep].toSorted((a, b) => a - b);
    },
  });
  const inSight = () =>
    virtualizer.getVirtualItems().map(({ index, start, size }) => {
      return { key: keyOf(index), index, top: start - margin, height: size };
    });
  // The first drawing in the browser must be the server's, which does not know how far it is scrolled.
  const rows = hydrated ? inSight() : firstRows(Math.min(count, ALL_UP_TO), sizeOf, keyOf);
  return { list, rows, height: virtualizer.getTotalSize(), virtualizer };
}

function firstRows(
  count: number,
  sizeOf: (index: number) => number,
  keyOf: (index: number) => string,
): WindowRow[] {
  const rows: WindowRow[] = [];
  let top = 0;
  for (let index = 0; index < count; index += 1) {
    rows.push({ key: keyOf(index), index, top, height: sizeOf(index) });
    top += sizeOf(index);
  }
  return rows;
}
