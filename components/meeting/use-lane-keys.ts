"use client";

import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useMemo,
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
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const wantsFocus = useRef(false);
  const lanes = useMemo(
    () =>
      rows.flatMap((row, index) =>
        row.kind === "lane" ? [{ key: row.key, ownerId: row.owner.id, index }] : [],
      ),
    [rows],
  );
  const active = lanes.findIndex(({ key }) => key === activeKey);
  const selected = lanes.findIndex(({ ownerId }) => ownerId === selectedId);
  const position = Math.max(0, active >= 0 ? active : selected);
  const activeIndex = lanes[position]?.index ?? -1;

  const moveTo = (next: number) => {
    const target = lanes[Math.min(Math.max(next, 0), lanes.length - 1)];
    if (target === undefined) return;
    wantsFocus.current = true;
    setActiveKey(target.key);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nextPosition(event.key, position, lanes.length);
    if (next !== null) {
      moveTo(next);
    } else if (event.key === "Enter" || event.key === " ") {
      onSelect(lanes[position]?.ownerId ?? null);
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
    if (row?.kind !== "lane") return;
    setActiveKey(row.key);
    onSelect(row.owner.id);
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
