"use client";

import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { DIALOG_INPUT } from "#components/ui/field.tsx";
import { Modal, ModalClose, ModalDescription, ModalTitle } from "#components/ui/modal.tsx";

/** The longest name that the API accepts. */
const LONGEST = 100;

/** Asks an operator for the name that signs their corrections. */
export function OperatorDialog({
  open,
  name,
  onName,
  onClose,
}: {
  open: boolean;
  name: string | null;
  onName: (name: string) => void;
  onClose: () => void;
}) {
  return (
    <Modal
      open={open}
      onClose={onClose}
      className="dialog fixed inset-x-3 top-[18dvh] z-60 mx-auto max-w-md rounded-2xl border border-line bg-surface p-5 shadow-popup outline-none"
    >
      <ModalTitle className="font-semibold text-lead tracking-head">Who are you?</ModalTitle>
      <ModalDescription className="mt-1 text-dense text-ink-2">
        Your name is shown with your corrections to everyone who sees them. This browser remembers
        it.
      </ModalDescription>
      <NameForm name={name ?? ""} onName={onName} />
    </Modal>
  );
}

function NameForm({ name, onName }: { name: string; onName: (name: string) => void }) {
  const [text, setText] = useState(name);
  const trimmed = text.trim();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed !== "") onName(trimmed);
  };
  return (
    <form onSubmit={onSubmit} className="mt-3.5 grid gap-3.5">
      <label className="grid gap-1 text-note text-ink-2">
        Your name
        <input
          value={text}
          maxLength={LONGEST}
          autoComplete="name"
          onChange={(event) => setText(event.target.value)}
          className={DIALOG_INPUT}
        />
      </label>
      <div className="flex justify-end gap-2">
        <ModalClose>Cancel</ModalClose>
        <Button type="submit" disabled={trimmed === ""}>
          Continue
        </Button>
      </div>
    </form>
  );
}
