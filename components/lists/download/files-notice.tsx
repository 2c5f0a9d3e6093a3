"use client";

import { useSyncExternalStore } from "react";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { type FollowedFile, followedFiles } from "./followed-files.ts";

const NONE: readonly FollowedFile[] = [];

const lines = new LazyPart(() => import("./file-lines.tsx"));

/** The progress of the files that were asked for, over whichever screen is open. */
export function FilesNotice() {
  const files = useSyncExternalStore(followedFiles.subscribe, followedFiles.get, () => NONE);
  const begun = files.filter(({ name }) => name !== null);
  const { value: Lines } = useLazyPart(lines, files.length > 0);
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {Lines !== null && <Lines.FileWords files={begun} />}
      </p>
      {Lines !== null && begun.length > 0 && <Lines.FileLines files={begun} />}
    </>
  );
}
