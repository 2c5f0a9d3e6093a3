"use client";

import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { useUndoable } from "./undo.ts";

/** Loaded with the first that can be undone, or before by what will offer one. */
export const undoCard = new LazyPart(() => import("./undo-card.tsx").then((read) => read.UndoCard));

/** Shows the last correction or removal over every screen, with a button that undoes it. */
export function UndoNotice() {
  const latest = useUndoable();
  const { value: UndoCard } = useLazyPart(undoCard, latest !== null);
  return (
    <div aria-live="polite">
      {latest !== null && UndoCard !== null && <UndoCard key={latest.path} undoable={latest} />}
    </div>
  );
}
