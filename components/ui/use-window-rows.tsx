"use client";

import { type ReactNode, type RefObject, useRef, useState } from "react";
import { Later } from "./lazy/later.tsx";
import { LazyPart } from "./lazy/part.ts";
import type { Sight } from "./rows-in-sight.tsx";

/** Up to this many rows are simply there: for finding in the page, for printing, for screen readers. */
const ALL_UP_TO = 60;

export interface WindowRow {
  key: string;
  index: number;
  /** From the top of the list. */
  top: number;
  height: number;
}

/** A list of which only a part is drawn where it is long. */
export interface RowsAsked {
  count: number;
  sizeOf: (index: number) => number;
  keyOf: (index: number) => string;
  /** Drawn wherever it is; -1 for none. */
  keep: number;
  /** How much of the window's top something that sticks there covers. */
  coveredTop: number;
}

export interface WindowRows<List extends HTMLElement> {
  list: RefObject<List | null>;
  rows: WindowRow[];
  height: number;
  /** All rows are drawn: they may stand one below the other by themselves. */
  isWhole: boolean;
  measure: ((row: Element | null) => void) | undefined;
  /** Brings a row into sight. */
  show: (index: number) => void;
  /** Draws nothing, and has to be drawn beside the rows: it follows what is in sight. */
  follower: ReactNode;
}

const inSight = new LazyPart(() => import("./rows-in-sight.tsx").then((read) => read.RowsInSight));

/** The rows of a list that scrolls with the page: all of a short one; of a long one those in sight. */
export function useWindowRows<List extends HTMLElement>(asked: RowsAsked): WindowRows<List> {
  const { count, sizeOf, keyOf } = asked;
  const list = useRef<List>(null);
  const [sight, setSight] = useState<Sight | null>(null);
  const isWhole = count <= ALL_UP_TO;
  const shown = isWhole || sight === null ? firstRows(count, sizeOf) : sight;
  const showDrawn = (index: number) =>
    list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: "nearest" });
  return {
    list,
    // What was in sight of a list that has become another since.
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

/** What the server draws, which does not know how far anything is scrolled. */
function firstRows(
  count: number,
  sizeOf: (index: number) => number,
): Pick<Sight, "rows" | "height"> {
  const rows: Sight["rows"] = [];
  let top = 0;
  for (let index = 0; index < count; index += 1) {
    const height = sizeOf(index);
    if (index < ALL_UP_TO) rows.push({ index, top, height });
    top += height;
  }
  return { rows, height: top };
}
