"use client";

import { Dialog } from "@base-ui/react/dialog";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { setOperator, useOperator } from "#components/operator/operator.ts";
import { offerUndo, UNDO_NOTICE } from "#components/operator/undo.ts";
import { undoCard } from "#components/operator/undo-notice.tsx";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { Button, buttonLook } from "#components/ui/button.tsx";
import { DIALOG_TEXT, DIALOG_TITLE, dialogBox } from "#components/ui/dialog.tsx";
import { DIALOG_INPUT } from "#components/ui/field.tsx";
import { toWireTime } from "#domain/time/wire-time.ts";
import { momentTyped } from "./moment-typed.ts";
import { bodyOf, type PutAwaySubject } from "./put-away.ts";

/** The API takes no more. */
const LONGEST_NAME = 100;
const correction = async () => (await import("#server/meetings/schema.ts")).correction;

/** Explains what putting a person away does, and asks when they left, if the operator knows. */
export function PutAwayDialog({
  subject,
  onClose,
}: {
  subject: PutAwaySubject;
  onClose: () => void;
}) {
  const isSent = useRef(false);
  const isGone = useRef(false);
  const done = () => {
    isSent.current = true;
    // The push may come before the answer: then the row is gone already, and this dialog with it.
    if (isGone.current) focusUndo();
    else onClose();
  };
  // The person's row is gone, and the undo button is far from it, so the focus moves there. It moves after the
  // library's own step, which gives the focus back to a button that will be gone.
  useEffect(() => {
    // What undoes it is focused as soon as it is entered.
    void undoCard.want();
    isGone.current = false;
    return () => {
      isGone.current = true;
      if (isSent.current) focusUndo();
    };
  }, []);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil fixed inset-0 z-50 bg-[oklch(15%_0.01_260/0.45)]" />
        <Dialog.Popup className={dialogBox("long")}>
          <Dialog.Title className={`${DIALOG_TITLE} wrap-anywhere`}>
            <bdi>{subject.name}</bdi>: not here any more
          </Dialog.Title>
          <Dialog.Description className={`${DIALOG_TEXT} mt-1`}>
            {subject.personId === null
              ? "Everybody who is in or waiting is shown as gone, on every screen."
              : "They are shown as gone, on every screen."}{" "}
            Your name stands beside it. It can be undone, and whatever the provider still reports
            comes before it.
          </Dialog.Description>
          <Form subject={subject} onDone={done} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function focusUndo(): void {
  setTimeout(() => document.getElementById(UNDO_NOTICE)?.focus());
}

function Form({ subject, onDone }: { subject: PutAwaySubject; onDone: () => void }) {
  const { clock } = useLiveParts();
  const clockFormat = useTodaysClockFormat();
  const operator = useOperator();
  const [by, setBy] = useState(operator ?? "");
  const [isTimeKnown, setTimeKnown] = useState(false);
  const [time, setTime] = useState("");
  const [isWrong, setWrong] = useState(false);
  const { meetingId, name, notBefore } = subject;
  const { mutate, isPending, error } = useMutation({
    mutationFn: (since: number | null) =>
      askApi(`/meetings/${encodeURIComponent(meetingId)}/rulings`, correction, {
        method: "POST",
        body: bodyOf(subject, toWireTime(since), by.trim()),
      }),
    onSuccess: ({ ruling, meeting_id }) => {
      setOperator(by.trim());
      const path = `/meetings/${encodeURIComponent(meeting_id)}/rulings/${encodeURIComponent(ruling)}`;
      offerUndo({ path, name, said: "not here any more", isRead: false });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isTimeKnown) return mutate(null);
    const typed = momentTyped(time, clock.exactly(), {
      offsetMs: (at) => clockFormat.offsetMs(at),
    });
    // Typed to the minute: in the minute of the last report, the time after that report is meant.
    const isSameMinute =
      typed !== null && notBefore !== null && typed < notBefore && notBefore - typed < 60_000;
    const since = isSameMinute ? notBefore : typed;
    const isTooEarly = since === null || (notBefore !== null && since < notBefore);
    setWrong(isTooEarly);
    if (!isTooEarly) mutate(since);
  };
  return (
    <form onSubmit={submit} className="mt-3.5 grid gap-3.5 text-dense">
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 font-firm">When did they leave?</legend>
        <Choice isChosen={!isTimeKnown} onChoose={() => setTimeKnown(false)} words="I do not know">
          {subject.where === "waiting"
            ? "How long they waited is then not known, and in no average."
            : "What they attended counts until they were last heard of."}
        </Choice>
        <Choice isChosen={isTimeKnown} onChoose={() => setTimeKnown(true)} words="I know when">
          {subject.where === "waiting"
            ? "They left before they were admitted, and waited until then."
            : "What they attended counts until then."}
        </Choice>
        {isTimeKnown && (
          <label className="ml-6 grid gap-1 text-note text-ink-2">
            They left at
            <input
              type="time"
              required
              value={time}
              onChange={(event) => setTime(event.target.value)}
              aria-invalid={isWrong}
              aria-describedby="away-since"
              className={`${DIALOG_INPUT} num w-36`}
            />
            <span id="away-since" className={isWrong ? "text-lost-ink" : "text-ink-3"}>
              {notBefore === null
                ? `Time of ${clockFormat.zone}`
                : `Not before ${clockFormat.minute(notBefore)}, time of ${clockFormat.zone}`}
            </span>
          </label>
        )}
      </fieldset>
      {operator === null && (
        <label className="grid gap-1 text-note text-ink-2">
          Your name
          <input
            value={by}
            maxLength={LONGEST_NAME}
            autoComplete="name"
            required
            onChange={(event) => setBy(event.target.value)}
            className={DIALOG_INPUT}
          />
        </label>
      )}
      {error !== null && !isPending && (
        <p role="alert" className="text-lost-ink">
          This was not saved. {error.message}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Dialog.Close className={buttonLook()}>Cancel</Dialog.Close>
        <Button type="submit" disabled={isPending || by.trim() === ""}>
          {isPending ? "Saving…" : "Not here any more"}
        </Button>
      </div>
    </form>
  );
}

function Choice({
  isChosen,
  onChoose,
  words,
  children,
}: {
  isChosen: boolean;
  onChoose: () => void;
  words: string;
  children: ReactNode;
}) {
  return (
    <label className="flex items-start gap-2">
      <input
        type="radio"
        name="away-when"
        checked={isChosen}
        onChange={onChoose}
        className="mt-0.75 flex-none"
      />
      <span className="min-w-0">
        {words}
        <span className="block text-note text-ink-3">{children}</span>
      </span>
    </label>
  );
}
