"use client";

import { RotateCw } from "lucide-react";
import { useOutdated } from "#components/sync/use-outdated.ts";
import { Button } from "#components/ui/button.tsx";

/** A notice over every screen that the server is newer than this page, which follows it no more. */
export function OutdatedNotice() {
  if (!useOutdated()) return null;
  return (
    <div
      role="alert"
      className="fixed bottom-4 left-1/2 z-40 flex w-96 max-w-[calc(100vw-2rem)] -translate-x-1/2 items-center gap-3 rounded-card border border-line bg-surface py-2.5 pr-2 pl-4 text-dense shadow-popup print:hidden"
    >
      <p className="min-w-0 flex-1">
        Rollcall was updated, and this page no longer follows what happens. Load it again.
      </p>
      <Button hasSign onClick={() => window.location.reload()}>
        <RotateCw aria-hidden className="size-3" />
        Load again
      </Button>
    </div>
  );
}
