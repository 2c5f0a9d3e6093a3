"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { NotOpened } from "#components/ui/not-opened.tsx";
import type { RoomNamed } from "#domain/rooms/rooms.ts";

/** Seldom opened, so its script is loaded only when it is. */
const dialog = new LazyPart(() =>
  import("./wait-link-dialog.tsx").then((read) => read.WaitLinkDialog),
);

/** Opens the dialog by which the link for those who wait for a room is made. */
export function WaitLinkButton({ room }: { room: RoomNamed }) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const { value: WaitLinkDialog, failed } = useLazyPart(dialog, isOpen);
  return (
    <>
      <Button
        onClick={() => setOpen(true)}
        onPointerEnter={() => void dialog.want()}
        aria-haspopup="dialog"
      >
        Make a link for who waits
      </Button>
      {isOpen && WaitLinkDialog !== null && <WaitLinkDialog room={room} onClose={close} />}
      {isOpen && WaitLinkDialog === null && failed && <NotOpened onClose={close} />}
    </>
  );
}
