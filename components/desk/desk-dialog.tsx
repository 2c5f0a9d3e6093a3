"use client";

import { type FormEvent, useState } from "react";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
import { DIALOG_INPUT } from "#components/ui/field.tsx";
import { nameOf } from "#components/ui/person-name.tsx";
import { useMay } from "#components/viewer/me.tsx";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { LONGEST_DESK_NOTE } from "#domain/waits/handling.ts";
import type { WireClaim } from "#domain/waits/handling-wire.ts";
import { useDesk } from "./use-desk.ts";

/** The API takes no more. */
const LONGEST_NAME = 100;

/** A wait that something is done about. */
export interface DeskWait extends WireClaim {
  id: string;
  name: string | null;
}

/** The note about a wait, and who looks after it. */
export function DeskDialog({
  wait,
  onDone,
  onClose,
}: {
  wait: DeskWait;
  onDone?: () => void;
  onClose: () => void;
}) {
  const done = () => {
    onDone?.();
    onClose();
  };
  const { act, isPending, failure, operator } = useDesk(wait.id, done);
  const face = useTodaysClockFormat();
  const [text, setText] = useState(wait.desk_note ?? "");
  const [by, setBy] = useState("");
  const isUnread =
    !useMay("read", "names") && wait.desk_note_at !== null && wait.desk_note === null;
  const signed = operator ?? (by.trim() || null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act({ kind: "note", text: text.trim() || null }, signed);
  };
  const { claimed_by: owner, desk_note_by: writer, desk_note_at: writtenAt } = wait;
  return (
    <Dialog open onClose={onClose} form="long">
      <DialogTitle className="wrap-anywhere">
        <bdi>{nameOf(wait.name)}</bdi>: note
      </DialogTitle>
      <DialogText>
        Everybody at the desk reads it at once. Your name stands beside it, and it can be changed or
        removed.
      </DialogText>
      <form onSubmit={submit} className="mt-3.5 grid gap-3 text-dense">
        {isUnread ? (
          <p className="text-ink-2">
            There is a note. You see initials in place of names, so what it says is not shown.
          </p>
        ) : (
          <label className="grid gap-1 text-note text-ink-2">
            Note
            <textarea
              value={text}
              rows={3}
              maxLength={LONGEST_DESK_NOTE}
              onChange={(event) => setText(event.target.value)}
              className={`${DIALOG_INPUT} h-auto! py-2`}
            />
          </label>
        )}
        {writer !== null && writtenAt !== null && (
          <p className="num text-ink-3 text-caption">
            {wait.desk_note === null && !isUnread ? "Removed" : "Written"} by <bdi>{writer}</bdi>,{" "}
            {face.minute(fromWireTime(writtenAt))}
          </p>
        )}
        {operator === null && (
          <label className="grid gap-1 text-note text-ink-2">
            Your name
            <input
              value={by}
              maxLength={LONGEST_NAME}
              autoComplete="name"
              onChange={(event) => setBy(event.target.value)}
              className={DIALOG_INPUT}
            />
          </label>
        )}
        {owner !== null && owner !== operator && (
          <p className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-sunken px-3 py-2 text-ink-2">
            <span className="min-w-0">
              <bdi className="font-firm text-ink">{owner}</bdi> looks after this wait.
            </span>
            <Button
              look="small"
              disabled={isPending}
              onClick={() => act({ kind: "release" }, signed)}
            >
              Free it for somebody else
            </Button>
          </p>
        )}
        {failure !== null && <DialogFailure>{failure}</DialogFailure>}
        <DialogActions className="">
          {!isUnread && (
            <Button type="submit" look="primary" disabled={isPending}>
              {isPending ? "Saving…" : text.trim() === "" && wait.desk_note ? "Remove" : "Save"}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}
