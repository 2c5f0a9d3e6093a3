"use client";

import { useSyncExternalStore } from "react";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { NotOpened } from "#components/ui/not-opened.tsx";
import { openNote } from "./open-note.ts";

/** Seldom opened, so its script is loaded only when it is. */
export const noteDialog = new LazyPart(() =>
  import("./desk-dialog.tsx").then((read) => read.DeskDialog),
);

/** The dialog of the note that is open, on whichever screen it was opened. */
export function NoteOnScreen() {
  const opened = useSyncExternalStore(openNote.subscribe, openNote.get, () => null);
  const { value: DeskDialog, failed } = useLazyPart(noteDialog, opened !== null);
  if (opened === null) return null;
  if (DeskDialog === null) return failed ? <NotOpened onClose={openNote.close} /> : null;
  const { wait, onDone } = opened;
  return (
    <DeskDialog key={wait.id} wait={wait} onClose={openNote.close} {...(onDone && { onDone })} />
  );
}
