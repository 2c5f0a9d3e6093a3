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

/** The lane that has the keyboard, its keys, and the chosen lane. Only that one lane is a tab stop. */
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
  const wanted = useRef<string | null>(null);
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
  const lane = lanes[position] ?? null;

  const moveTo = (next: number) => {
    const target = lanes[Math.min(Math.max(next, 0), lanes.length - 1)];
    if (target === undefined || target.key === activeKey) return;
    wanted.current = target.key;
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
    const clicked = event.target instanceof Element ? event.target.closest("[data-index]") : null;
    const row = rows[Number(clicked?.getAttribute("data-index") ?? -1)];
    if (row?.kind !== "lane") return;
    setActiveKey(row.key);
    onSelect(row.owner.id);
  };

  return { lane, onClick, onKeyDown, wanted };
}

/**
 * After a key has moved: scrolls the lane into sight and focuses it. An effect of an earlier rendering may still run
 * after the key, so only a rendering with the lane that is `wanted` moves the focus.
 */
export function useLaneFocus({
  lane,
  wanted,
  list,
  show,
}: {
  lane: { key: string; index: number } | null;
  wanted: RefObject<string | null>;
  list: RefObject<HTMLElement | null>;
  show: (index: number) => void;
}): void {
  useEffect(() => {
    if (lane === null || wanted.current !== lane.key) return;
    const element = list.current?.querySelector<HTMLElement>(`[data-index="${lane.index}"]`);
    // A lane out of sight is rendered a moment later.
    if (!element) return;
    wanted.current = null;
    show(lane.index);
    element.focus({ preventScroll: true });
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
