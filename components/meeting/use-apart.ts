import { type RefObject, useRef } from "react";
import { useBrowserLayoutEffect } from "#components/sync/use-browser-layout-effect.ts";
import { apart } from "./apart.ts";

/**
 * Of the words that stand in a row those are left out that would touch another one, as wide as each is drawn; what is
 * marked with `data-more` is kept before others.
 */
export function useApart<Row extends HTMLElement>(): RefObject<Row | null> {
  const row = useRef<Row>(null);
  useBrowserLayoutEffect(() => {
    const words = [...(row.current?.children ?? [])].filter((word) => word instanceof HTMLElement);
    const look = () => {
      const shown = apart(
        words.map((word) => {
          const { left, right } = word.getBoundingClientRect();
          return { left, right, isMore: word.dataset["more"] !== undefined };
        }),
      );
      for (const [index, word] of words.entries()) {
        word.style.visibility = shown[index] === true ? "" : "hidden";
      }
    };
    look();
    // Of another width are the row, where the window is, and a word, once its font has come.
    const observer = new ResizeObserver(look);
    for (const box of [row.current, ...words]) if (box !== null) observer.observe(box);
    return () => observer.disconnect();
  });
  return row;
}
