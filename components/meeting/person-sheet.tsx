"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { PersonName } from "#components/ui/person-name.tsx";
import { PersonDetails } from "./person-details.tsx";
import type { PersonShown } from "./person-panel.tsx";
import { PersonStatusPill } from "./person-status-pill.tsx";

/** The chosen person, over the timeline where there is no room beside it. */
export function PersonSheet({ person, story, rules, onClose }: PersonShown) {
  return (
    <Dialog.Root open={person !== null} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil fixed inset-0 z-40 bg-[oklch(15%_0.01_260/0.45)]" />
        <Dialog.Popup className="sheet fixed inset-x-0 bottom-0 z-50 mx-auto max-h-[82dvh] max-w-lg overflow-y-auto overscroll-contain rounded-t-2xl border border-line border-b-0 bg-surface px-5 pt-4 pb-8 shadow-popup outline-none">
          {person !== null && (
            <>
              <div className="flex items-center gap-2">
                <Dialog.Title className="flex min-w-0 flex-1 font-semibold text-base tracking-[-0.01em]">
                  <PersonName name={person.name} className="min-w-0" />
                </Dialog.Title>
                <PersonStatusPill person={person} />
                <Dialog.Close
                  aria-label="Close"
                  className="-mr-1.5 rounded-md p-1.5 text-ink-3 hover:bg-sunken hover:text-ink"
                >
                  <X aria-hidden className="size-4.5" />
                </Dialog.Close>
              </div>
              <PersonDetails person={person} story={story} rules={rules} />
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
