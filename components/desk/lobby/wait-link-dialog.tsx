import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
import { DIALOG_INPUT } from "#components/ui/field.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";
import type { RoomNamed } from "#domain/rooms/rooms.ts";

const madeShare = async () => (await import("#server/access/shares/schema.ts")).madeShare;

/** Makes the link for those who wait for a room, and shows it once. */
export function WaitLinkDialog({ room, onClose }: { room: RoomNamed; onClose: () => void }) {
  const [name, setName] = useState(room.title ?? room.key);
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () =>
      askApi("/shares", madeShare, {
        method: "POST",
        body: { kind: "wait", source: room.source.id, room: room.key, name },
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  if (data !== undefined) {
    return (
      <ShownOnce
        title="The link for who waits"
        lead={
          <>
            It is shown now and never again. Send it to your guests, or show it on a page of yours
            in an <code>iframe</code>. It is revoked on the page of settings.
          </>
        }
        text={data.url}
        copy="Copy the link"
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog open onClose={onClose}>
      <form onSubmit={submit}>
        <DialogTitle>A link for who waits</DialogTitle>
        <DialogText>
          Whoever has it sees how many wait for this room, how long that usually takes, whether a
          host is there, the opening hours, and what the desk tells them. There is nobody’s name on
          it.
        </DialogText>
        <label className="mt-3 flex flex-col gap-1">
          <span className="text-note text-ink-2">What your guests read that it is called</span>
          <input
            value={name}
            onChange={({ target }) => setName(target.value)}
            maxLength={200}
            required
            autoComplete="off"
            className={DIALOG_INPUT}
          />
        </label>
        {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
        <DialogActions>
          <Button look="primary" type="submit" disabled={isPending}>
            {isPending ? "Making…" : "Make the link"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
