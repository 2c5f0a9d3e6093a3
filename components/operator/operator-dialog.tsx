"use client";

import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogText, DialogTitle } from "#components/ui/dialog.tsx";
import { DIALOG_INPUT } from "#components/ui/field.tsx";

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
    <Dialog open={open} onClose={onClose}>
      <DialogTitle>Who are you?</DialogTitle>
      <DialogText>
        Your name is shown with your corrections to everyone who sees them. This browser remembers
        it.
      </DialogText>
      <NameForm name={name ?? ""} onName={onName} />
    </Dialog>
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
      <DialogActions className="">
        <Button type="submit" disabled={trimmed === ""}>
          Continue
        </Button>
      </DialogActions>
    </form>
  );
}
