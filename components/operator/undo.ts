import { useSyncExternalStore } from "react";

/** The last correction or removal, which can be undone at once. */
export interface Undoable {
  /** The path below `/api/v1` to which a DELETE undoes it. */
  path: string;
  /** The person or thing it is about; `said` is what was entered, as shown. */
  name: string;
  said: string;
  /** Its undo is not pushed, so the screen is read again after it. */
  isRead: boolean;
}

/** The element id of the notice. */
export const UNDO_NOTICE = "undo-notice";

let latest: Undoable | null = null;
const listeners = new Set<() => void>();

/** Offers an undo on every screen, as the person or thing may be gone from the one where it was entered. */
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
