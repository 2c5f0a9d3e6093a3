"use client";

import { NotebookPen } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { labelRef } from "#components/ui/label-ref.ts";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { NotOpened } from "#components/ui/not-opened.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { May } from "#components/viewer/may.tsx";
import type { DeskWait } from "./desk-dialog.tsx";

/** Seldom opened, so its script is loaded only when it is. */
const dialog = new LazyPart(() => import("./desk-dialog.tsx").then((read) => read.DeskDialog));

interface Shown {
  wait: DeskWait;
  onDone?: () => void;
}

/** Opens the note about a wait, and what came of following up. */
export function DeskButton(shown: Shown) {
  return (
    <May access="write">
      <Offered {...shown} />
    </May>
  );
}

function Offered({ wait, onDone }: Shown) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const { value: DeskDialog, failed } = useLazyPart(dialog, isOpen);
  const name = nameOf(wait.name);
  const call = useMemo(() => labelRef("aria-label", () => `${name}: note`), [name]);
  return (
    <>
      <Button
        ref={call}
        onClick={() => setOpen(true)}
        onPointerEnter={() => void dialog.want()}
        aria-haspopup="dialog"
        title="Note"
        look="sign"
        className="relative flex-none"
      >
        <NotebookPen aria-hidden className="size-4" />
      </Button>
      {isOpen && DeskDialog !== null && (
        <DeskDialog wait={wait} onClose={close} {...(onDone && { onDone })} />
      )}
      {isOpen && DeskDialog === null && failed && <NotOpened onClose={close} />}
    </>
  );
}
