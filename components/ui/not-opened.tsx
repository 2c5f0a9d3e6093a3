"use client";

import { Button } from "./button.tsx";

/** Shown where a box or dialog should open and its script could not be loaded. */
export function NotOpened({ onClose }: { onClose: () => void }) {
  return (
    <p
      role="alert"
      className="fixed inset-x-3 bottom-3 z-70 mx-auto flex max-w-md items-center gap-3 rounded-lg border border-line bg-surface px-4 py-3 text-dense text-lost-ink shadow-popup"
    >
      <span className="min-w-0 flex-1">
        This cannot be opened: the server did not answer. Close this and try again.
      </span>
      <Button onClick={onClose} className="flex-none text-ink">
        Close
      </Button>
    </p>
  );
}
