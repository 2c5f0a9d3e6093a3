"use client";

import { Dialog } from "@base-ui/react/dialog";
import type { ModalFrameProps } from "./modal-frame-props.ts";

/** The library's part of a dialog. Its script is loaded when the first one opens. */
export function ModalFrame({ open, onClose, className, veil, parts, children }: ModalFrameProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={`veil fixed inset-0 bg-[oklch(15%_0.01_260/0.45)] ${veil}`} />
        <Dialog.Popup className={className}>{parts(MODAL_PARTS, children)}</Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const MODAL_PARTS = {
  Title: Dialog.Title,
  Description: Dialog.Description,
  Close: Dialog.Close,
};
