"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { NotOpened } from "#components/ui/not-opened.tsx";
import { useMay } from "#components/viewer/me.tsx";

/** Seldom opened, so its script is loaded only when it is. */
const dialog = new LazyPart(() => import("./share-dialog.tsx").then((read) => read.ShareDialog));

/** Opens the dialog by which a meeting is shared; for those who may enter anything at all. */
export function ShareButton({ meetingId, name }: { meetingId: string; name: string }) {
  const mayShare = useMay("write");
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const { value: ShareDialog, failed } = useLazyPart(dialog, isOpen);
  if (!mayShare) return null;
  return (
    <>
      <Button
        onClick={() => setOpen(true)}
        onPointerEnter={() => void dialog.want()}
        aria-haspopup="dialog"
      >
        Share
      </Button>
      {isOpen && ShareDialog !== null && (
        <ShareDialog subject={{ kind: "meeting", meetingId, name }} onClose={close} />
      )}
      {isOpen && ShareDialog === null && failed && <NotOpened onClose={close} />}
    </>
  );
}
