"use client";

import { UserRoundX } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Subject } from "./put-away.ts";

/** Seldom opened, so it is no part of a page until it is. */
const PutAwayDialog = lazy(async () => {
  const { PutAwayDialog } = await import("./put-away-dialog.tsx");
  return { default: PutAwayDialog };
});

/** The way to say that somebody, or all of a meeting, is not here any more. */
export function PutAwayButton({
  subject,
  withWords = false,
  className = "",
}: {
  subject: Subject;
  withWords?: boolean;
  className?: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const looks = withWords ? "button" : "rounded-md p-1.5 text-ink-3 hover:bg-sunken hover:text-ink";
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        aria-label={`${subject.name}: not here any more`}
        title="Not here any more"
        className={`flex-none ${looks} ${className}`}
      >
        {withWords ? "Not here any more" : <UserRoundX aria-hidden className="size-4" />}
      </button>
      {isOpen && (
        <Suspense>
          <PutAwayDialog subject={subject} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
