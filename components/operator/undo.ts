import { useSyncExternalStore } from "react";

/** What was said last, so that it can be taken back at once. */
export interface Undoable {
  /** In `/api/v1`, of what is deleted to take it back. */
  path: string;
  /** Whom or what it was said of, and what. */
  name: string;
  said: string;
  /** Nothing is pushed of it: the screen is read again once it is taken back. */
  isRead: boolean;
}

/** What says it, over every screen. */
export const UNDO_NOTICE = "undo-notice";

let latest: Undoable | null = null;
const listeners = new Set<() => void>();

/** For every screen: what is gone is no longer on the one on which that was said. */
export function offerUndo(now: Undoable | null): void {
  latest = now;
  for (const listener of listeners) listener();
}

export function useUndoable(): Undoable | null {
  return useSyncExternalStore(
    subscribe,
    () => latest,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
