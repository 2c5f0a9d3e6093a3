"use client";

import { NotebookPen } from "lucide-react";
import { useEffect, useMemo } from "react";
import { Button } from "#components/ui/button.tsx";
import { labelRef } from "#components/ui/label-ref.ts";
import { nameOf } from "#components/ui/person-name.tsx";
import { May } from "#components/viewer/may.tsx";
import type { DeskWait } from "./desk-dialog.tsx";
import { noteDialog } from "./note-on-screen.tsx";
import { openNote } from "./open-note.ts";

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
  const name = nameOf(wait.name);
  const call = useMemo(() => labelRef("aria-label", () => `${name}: note`), [name]);
  useEffect(() => openNote.refresh(wait), [wait]);
  return (
    <Button
      ref={call}
      onClick={() => openNote.open(wait, onDone)}
      onPointerEnter={() => void noteDialog.want()}
      aria-haspopup="dialog"
      title="Note"
      look="sign"
      className="relative flex-none"
    >
      <NotebookPen aria-hidden className="size-4" />
    </Button>
  );
}
