"use client";

import { X } from "lucide-react";
import { Modal, ModalClose, ModalTitle } from "#components/ui/modal.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { DetailsLater } from "./details-later.tsx";
import type { PersonShown } from "./person-shown.ts";
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
    <Modal
      open={shown !== null}
      onClose={onClose}
      veil="z-40"
      className="sheet fixed inset-x-0 bottom-0 z-50 mx-auto max-h-[82dvh] max-w-lg overflow-y-auto overscroll-contain rounded-t-2xl border border-line border-b-0 bg-surface px-5 pt-4 pb-8 shadow-popup outline-none"
    >
      {shown !== null && (
        <>
          <div className="flex items-center gap-2">
            <ModalTitle className="flex min-w-0 flex-1 font-semibold text-subhead tracking-head">
              <PersonName name={shown.person.name} className="min-w-0" />
            </ModalTitle>
            <PersonStatusPill person={shown.person} />
            <ModalClose aria-label="Close" look="sign" className="-mr-1.5">
              <X aria-hidden className="size-4.5" />
            </ModalClose>
          </div>
          <DetailsLater key={shown.anchor} {...shown} />
        </>
      )}
    </Modal>
  );
}
