"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { useLiveParts } from "#components/sync/live-provider.tsx";
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
import { useMe } from "#components/viewer/me.tsx";
import { MOST_SHARED_FOR_MS, SHARED_FOR_MS } from "#domain/access/shares/share.ts";
import { addDays, dayAt, isDay, startOfDay } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";

const madeShare = async () => (await import("#server/access/shares/schema.ts")).madeShare;

/** What is shared: a meeting, or a wallboard of some of the sources or of all. */
export type ShareSubject =
  | { kind: "meeting"; meetingId: string; name: string }
  | { kind: "wallboard"; sources: readonly { id: string; name: string }[] };

/** Makes a link for those without an account, and shows it once. */
export function ShareDialog({ subject, onClose }: { subject: ShareSubject; onClose: () => void }) {
  const router = useRouter();
  const clockFormat = useClockFormat();
  const { clock } = useLiveParts();
  const isMasked = useMe().masked;
  const offsetMs = (at: number) => clockFormat.offsetMs(at);
  const [today] = useState(() => dayAt(clock.exactly(), offsetMs));
  const [masked, setMasked] = useState(true);
  const [lastDay, setLastDay] = useState(() => dayAt(clock.exactly() + SHARED_FOR_MS, offsetMs));
  const [sources, setSources] = useState<readonly string[]>([]);
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () =>
      askApi("/shares", madeShare, {
        method: "POST",
        body: {
          kind: subject.kind,
          ...(subject.kind === "meeting"
            ? { meeting_id: subject.meetingId }
            : sources.length > 0 && { sources }),
          masked,
          ...(isDay(lastDay) && {
            expires_at: toWireTime(startOfDay(addDays(lastDay, 1), offsetMs)),
          }),
        },
      }),
    onSuccess: () => router.refresh(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  if (data !== undefined) {
    return <SharedLinkShown url={data.url} kind={subject.kind} onClose={onClose} />;
  }
  return (
    <Dialog open onClose={onClose} form="long">
      <form onSubmit={submit}>
        <DialogTitle>
          {subject.kind === "meeting" ? (
            <>
              Share “<bdi>{subject.name}</bdi>”
            </>
          ) : (
            "New wallboard"
          )}
        </DialogTitle>
        <DialogText>
          {subject.kind === "meeting"
            ? "A link to this meeting alone. Whoever has it looks on without signing in, and can change nothing."
            : "A link for a screen on a wall: the numbers of now and today, and who waits. It opens without signing in."}
        </DialogText>
        {subject.kind === "wallboard" && subject.sources.length > 1 && (
          <fieldset className="mt-3">
            <legend className="text-note text-ink-2">Of these sources; of all, if of none</legend>
            {subject.sources.map(({ id, name }) => (
              <label key={id} className="flex items-baseline gap-2 py-1 text-dense">
                <input
                  type="checkbox"
                  checked={sources.includes(id)}
                  onChange={({ target: { checked } }) =>
                    setSources(checked ? [...sources, id] : sources.filter((one) => one !== id))
                  }
                />
                <bdi>{name}</bdi>
              </label>
            ))}
          </fieldset>
        )}
        <label className="mt-3 flex items-baseline gap-2 text-dense">
          <input
            type="checkbox"
            checked={masked || isMasked}
            disabled={isMasked}
            onChange={({ target: { checked } }) => setMasked(checked)}
          />
          <span>
            Initials in place of names <span className="text-note text-ink-3">A. L.</span>
          </span>
        </label>
        <label className="mt-3 flex flex-col gap-1">
          <span className="text-note text-ink-2">Last day</span>
          <input
            type="date"
            required
            value={lastDay}
            min={today}
            max={dayAt(clock.exactly() + MOST_SHARED_FOR_MS - 2 * DAY_MS, offsetMs)}
            onChange={(event) => setLastDay(event.target.value)}
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

const DAY_MS = 86_400_000;

function SharedLinkShown({
  url,
  kind,
  onClose,
}: {
  url: string;
  kind: ShareSubject["kind"];
  onClose: () => void;
}) {
  return (
    <ShownOnce
      title={kind === "meeting" ? "The link" : "The link of the wallboard"}
      lead="It is shown now and never again. Whoever has it sees what it shows, until it ends or is revoked on the page of settings."
      text={url}
      copy="Copy the link"
      onClose={onClose}
    />
  );
}
