import { type RefObject, useRef } from "react";
import { useBrowserLayoutEffect } from "#components/sync/use-browser-layout-effect.ts";
import { apart } from "./apart.ts";

/**
 * Hides those of a row's texts that would touch another one, by their real widths. Texts marked with `data-more` stay
 * and others give way to them.
 */
export function useApart<Row extends HTMLElement>(): RefObject<Row | null> {
  const row = useRef<Row>(null);
  useBrowserLayoutEffect(() => {
    const elements = [...(row.current?.children ?? [])].filter(
      (element) => element instanceof HTMLElement,
    );
    const look = () => {
      const shown = apart(
        elements.map((element) => {
          const { left, right } = element.getBoundingClientRect();
          return { left, right, isMore: element.dataset["more"] !== undefined };
        }),
      );
      for (const [index, element] of elements.entries()) {
        element.style.visibility = shown[index] === true ? "" : "hidden";
      }
    };
    // Called at first before the next frame is painted, when the layout is known anyway. After that the row's width
    // changes with the window, and a text's width once its font is loaded.
    const observer = new ResizeObserver(look);
    for (const box of [row.current, ...elements]) if (box !== null) observer.observe(box);
    return () => observer.disconnect();
  });
  return row;
}
