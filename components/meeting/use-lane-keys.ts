"use client";

import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";
import type { LaneRow } from "./lane-groups.ts";

const PAGE = 10;

/** Which lane the keyboard stands on, how it moves, and what is chosen. Only that one lane is a stop of the tab key. */
export function useLaneKeys({
  rows,
  selectedId,
  onSelect,
}: {
  rows: readonly LaneRow[];
  selectedId: string | null;
  onSelect: (id: string | null) => void;
}) {
  const [activeId, setActiveId] = useState<string | null>(null);
  const wantsFocus = useRef(false);
  const people = rows.flatMap((row, index) =>
    row.kind === "person" ? [{ id: row.person.id, index }] : [],
  );
  const found = people.findIndex(({ id }) => id === (activeId ?? selectedId));
  const position = Math.max(0, found);
  const activeIndex = people[position]?.index ?? -1;

  const moveTo = (next: number) => {
    const target = people[Math.min(Math.max(next, 0), people.length - 1)];
    if (target === undefined) return;
    wantsFocus.current = true;
    setActiveId(target.id);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nextPosition(event.key, position, people.length);
    if (next !== null) {
      moveTo(next);
    } else if (event.key === "Enter" || event.key === " ") {
      onSelect(people[position]?.id ?? null);
    } else if (event.key === "Escape" && selectedId !== null) {
      onSelect(null);
    } else {
      return;
    }
    event.preventDefault();
  };

  const onClick = (event: MouseEvent) => {
    const lane = event.target instanceof Element ? event.target.closest("[data-index]") : null;
    const row = rows[Number(lane?.getAttribute("data-index") ?? -1)];
    if (row?.kind !== "person") return;
    setActiveId(row.person.id);
    onSelect(row.person.id);
  };

  return { activeIndex, onClick, onKeyDown, wantsFocus };
}

/** After the keyboard has moved: brings the lane into sight and the focus onto it. */
export function useLaneFocus({
  activeIndex,
  wantsFocus,
  list,
  show,
}: {
  activeIndex: number;
  wantsFocus: RefObject<boolean>;
  list: RefObject<HTMLElement | null>;
  show: (index: number) => void;
}): void {
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    show(activeIndex);
    const lane = list.current?.querySelector<HTMLElement>(`[data-index="${activeIndex}"]`);
    lane?.focus({ preventScroll: true });
  });
}

function nextPosition(key: string, position: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return position + 1;
    case "ArrowUp":
      return position - 1;
    case "PageDown":
      return position + PAGE;
    case "PageUp":
      return position - PAGE;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
