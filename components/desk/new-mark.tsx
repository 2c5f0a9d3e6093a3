"use client";

import { useIsNew } from "./looked.ts";

/** Marks a row that is new since somebody last looked in this browser. */
export function NewMark({ id }: { id: string }) {
  if (!useIsNew(id)) return null;
  return (
    <span className="inline-block flex-none rounded-full bg-ink px-1.75 py-px align-middle font-firm text-caption text-ground leading-tight print:hidden">
      New
    </span>
  );
}
