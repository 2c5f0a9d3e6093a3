import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
import { DIALOG_INPUT, Field } from "#components/ui/field.tsx";

/** Says by hand what a room is called. */
export function TitleButton({
  id,
  room,
  title,
}: {
  id: string;
  room: string;
  title: string | null;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Rename
      </Button>
      {isOpen && <TitleDialog id={id} room={room} title={title} onClose={() => setOpen(false)} />}
    </>
  );
}

function TitleDialog({
  id,
  room,
  title,
  onClose,
}: {
  id: string;
  room: string;
  title: string | null;
  onClose: () => void;
}) {
  const router = useRouter();
  const by = useOperator();
  const [given, setGiven] = useState(title ?? "");
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      tellApi(`/rooms/${encodeURIComponent(id)}/title`, {
        method: "PUT",
        body: { title: given.trim() === "" ? null : given, by: by ?? "" },
      }),
    onSuccess: () => {
      router.refresh();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog open onClose={onClose}>
      <form onSubmit={submit}>
        <DialogTitle>What is this room called?</DialogTitle>
        <DialogText>
          Its provider calls it <code className="wrap-anywhere">{room}</code>. Without a title of
          yours, it is called as its provider reports, or by the patterns of its source.
        </DialogText>
        <Field className="mt-3" label="Title">
          <input
            className={DIALOG_INPUT}
            maxLength={200}
            value={given}
            onChange={(event) => setGiven(event.target.value)}
          />
        </Field>
        {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
        <DialogActions>
          <Button type="submit" look="primary" disabled={isPending}>
            {isPending ? "Saving…" : "Save"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
