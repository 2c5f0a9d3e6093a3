"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { PersonName } from "#components/ui/person-name.tsx";
import { PersonDetails, type PersonShown } from "./person-details.tsx";
import { PersonStatusPill } from "./person-status-pill.tsx";

/** The chosen person, over the timeline where there is no room beside it. */
export function PersonSheet({
  shown,
  onClose,
}: {
  shown: PersonShown | null;
  onClose: () => void;
}) {
  return (
    <Dialog.Root open={shown !== null} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil fixed inset-0 z-40 bg-[oklch(15%_0.01_260/0.45)]" />
        <Dialog.Popup className="sheet fixed inset-x-0 bottom-0 z-50 mx-auto max-h-[82dvh] max-w-lg overflow-y-auto overscroll-contain rounded-t-2xl border border-line border-b-0 bg-surface px-5 pt-4 pb-8 shadow-popup outline-none">
          {shown !== null && (
            <>
              <div className="flex items-center gap-2">
                <Dialog.Title className="flex min-w-0 flex-1 font-semibold text-base tracking-[-0.01em]">
                  <PersonName name={shown.person.name} className="min-w-0" />
                </Dialog.Title>
                <PersonStatusPill person={shown.person} />
                <Dialog.Close
                  aria-label="Close"
                  className="-mr-1.5 rounded-md p-1.5 text-ink-3 hover:bg-sunken hover:text-ink"
                >
                  <X aria-hidden className="size-4.5" />
                </Dialog.Close>
              </div>
              <PersonDetails key={shown.anchor} {...shown} />
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
