"use client";

import { type ReactNode, type RefObject, useRef, useState } from "react";
import { Later } from "./lazy/later.tsx";
import { LazyPart } from "./lazy/part.ts";
import type { RowsAsked, RowsSeen } from "./window-rows.ts";

/** Up to this many rows are all rendered: for finding in the page, for printing, for screen readers. */
const ALL_UP_TO = 60;

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
  /** All rows are rendered: they need no positions. */
  isWhole: boolean;
  measure: ((row: Element | null) => void) | undefined;
  /** Scrolls a row into sight. */
  show: (index: number) => void;
  /** Must be rendered beside the rows, and shows nothing: it follows which rows are in sight. */
  follower: ReactNode;
}

const inSight = new LazyPart(() => import("./rows-in-sight.tsx").then((read) => read.RowsInSight));

/** The rows of a list that scrolls with the page: all of a short one; of a long one those in sight. */
export function useWindowRows<List extends HTMLElement>(asked: RowsAsked): WindowRows<List> {
  const { count, sizeOf, keyOf } = asked;
  const list = useRef<List>(null);
  const [sight, setSight] = useState<RowsSeen | null>(null);
  const isWhole = count <= ALL_UP_TO;
  const shown = isWhole || sight === null ? firstRows(count, sizeOf) : sight;
  const showDrawn = (index: number) =>
    list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: "nearest" });
  return {
    list,
    // The rows in sight may be those of an earlier list.
    rows: shown.rows.flatMap((row) =>
      row.index < count ? [{ ...row, key: keyOf(row.index) }] : [],
    ),
    height: shown.height,
    isWhole,
    measure: isWhole ? undefined : sight?.measure,
    show: isWhole ? showDrawn : (sight?.show ?? showDrawn),
    follower: isWhole ? null : <Later part={inSight} props={{ asked, list, onSight: setSight }} />,
  };
}

/** The rows that the server renders, as it does not know the scroll position. */
function firstRows(
  count: number,
  sizeOf: (index: number) => number,
): Pick<RowsSeen, "rows" | "height"> {
  const rows: RowsSeen["rows"] = [];
  let top = 0;
  for (let index = 0; index < count; index += 1) {
    const height = sizeOf(index);
    if (index < ALL_UP_TO) rows.push({ index, top, height });
    top += height;
  }
  return { rows, height: top };
}
