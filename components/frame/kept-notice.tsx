"use client";

import { X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { useOwnSettings } from "#components/viewer/own-settings.tsx";

/** Says over every screen that what somebody chose was not stored. */
export function KeptNotice() {
  const { failure, dismiss } = useOwnSettings();
  return (
    <div role="alert">
      {failure !== null && (
        <div className="fixed bottom-4 left-1/2 z-40 flex w-96 max-w-[calc(100vw-2rem)] -translate-x-1/2 items-center gap-3 rounded-card border border-line bg-surface py-2.5 pr-2 pl-4 text-dense shadow-popup print:hidden">
          <p className="wrap-anywhere min-w-0 flex-1">
            What you chose was not kept. <span className="text-lost-ink">{failure}</span>
          </p>
          <Button onClick={dismiss} look="sign">
            <X aria-hidden className="size-3.5" />
            <span className="sr-only">Dismiss</span>
          </Button>
        </div>
      )}
    </div>
  );
}
