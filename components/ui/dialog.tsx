import type { ReactNode } from "react";
import { Modal, ModalClose, ModalDescription, ModalTitle } from "./modal.tsx";

const BOX =
  "dialog fixed inset-x-3 z-60 mx-auto rounded-2xl border border-line bg-surface shadow-popup outline-none";

const FORMS = {
  question: "top-[18dvh] max-w-md p-5",
  long: "top-[14dvh] max-h-[80dvh] max-w-md overflow-y-auto p-5",
  list: "top-[7dvh] flex max-h-[86dvh] max-w-md flex-col",
  wide: "top-[7dvh] flex max-h-[86dvh] max-w-2xl flex-col",
};

/** A question is short, a long one scrolls as a whole; a list and what is wide have parts that scroll. */
export type DialogForm = keyof typeof FORMS;

/** A box over the page, which is locked until it is answered or closed. */
export function Dialog({
  open,
  onClose,
  form = "question",
  children,
}: {
  open: boolean;
  onClose: () => void;
  form?: DialogForm;
  children: ReactNode;
}) {
  return (
    <Modal open={open} onClose={onClose} className={dialogBox(form)}>
      {children}
    </Modal>
  );
}

/** The classes of the box, for a dialog that the library opens itself. */
export function dialogBox(form: DialogForm): string {
  return `${BOX} ${FORMS[form]}`;
}

export const DIALOG_TITLE = "font-semibold text-lead tracking-head";
export const DIALOG_TEXT = "text-dense text-ink-2";

/** The name of a dialog. */
export function DialogTitle({
  className = "",
  children,
}: {
  className?: string;
  children: ReactNode;
}) {
  return <ModalTitle className={`${DIALOG_TITLE} ${className}`}>{children}</ModalTitle>;
}

/** What is asked, read out as the dialog opens. */
export function DialogText({
  className = "mt-1",
  children,
}: {
  className?: string;
  children: ReactNode;
}) {
  return <ModalDescription className={`${DIALOG_TEXT} ${className}`}>{children}</ModalDescription>;
}

/** Why what was asked for did not happen, read out at once. */
export function DialogFailure({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="mt-2 text-dense text-lost-ink">
      {children}
    </p>
  );
}

/** The way out, and beside it what can be done. */
export function DialogActions({
  className = "mt-3.5",
  children,
}: {
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className={`flex flex-wrap justify-end gap-2 ${className}`}>
      <ModalClose>Cancel</ModalClose>
      {children}
    </div>
  );
}
