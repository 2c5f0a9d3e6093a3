"use client";

import { useMutation } from "@tanstack/react-query";
import { MessageSquareText } from "lucide-react";
import { type FormEvent, useState } from "react";
import { tellApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { Button } from "#components/ui/button.tsx";
import { CONTROL } from "#components/ui/field.tsx";
import { May } from "#components/viewer/may.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { LONGEST_ROOM_MESSAGE } from "#domain/desk/lobby/lobby.ts";
import type { DeskLine } from "#domain/live/desk-wire.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

/** What those who wait for a room are told, and the one line in which the desk writes it. */
export function RoomMessage({ line, face }: { line: DeskLine; face: ClockFormat }) {
  const [isWriting, setWriting] = useState(false);
  const [hasWritten, setWritten] = useState(false);
  const message = line.house?.message ?? null;
  const done = () => {
    setWritten(true);
    setWriting(false);
  };
  if (isWriting) return <MessageForm line={line} onDone={done} />;
  return (
    <>
      {message !== null && (
        <p className="num wrap-anywhere text-note text-waiting-ink">
          Told who waits: “{message.text}”{" "}
          <span className="text-ink-3">
            {message.by}, {face.minute(fromWireTime(message.at))}
          </span>
        </p>
      )}
      <May access="write">
        <Button
          autoFocus={hasWritten}
          look="sign"
          className="print:hidden"
          aria-label={`${line.title}: message to who waits`}
          title="Message to who waits"
          onClick={() => setWriting(true)}
        >
          <MessageSquareText aria-hidden className="size-3.5" />
        </Button>
      </May>
    </>
  );
}

function MessageForm({ line, onDone }: { line: DeskLine; onDone: () => void }) {
  const operator = useOperator();
  const [text, setText] = useState(line.house?.message?.text ?? "");
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      tellApi("/room-messages", {
        method: "PUT",
        body: {
          ...{ source: line.source.id, room: line.room, text: text.trim() === "" ? null : text },
          ...(operator !== null && { by: operator }),
        },
      }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone();
      }}
      className="flex w-full flex-wrap items-center gap-1.5 print:hidden"
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed.
        autoFocus
        aria-label={`Message to who waits for ${line.title}`}
        className={`${CONTROL} max-w-sm flex-1`}
        placeholder="Running 15 minutes late"
        maxLength={LONGEST_ROOM_MESSAGE}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit" look="small" className="text-dense" disabled={isPending}>
        {text.trim() === "" ? "Say nothing" : "Tell them"}
      </Button>
      <Button look="small" className="text-dense" onClick={onDone}>
        Cancel
      </Button>
      {error !== null && !isPending && (
        <p role="alert" className="w-full text-note text-lost-ink">
          Not told: {error.message}
        </p>
      )}
    </form>
  );
}
