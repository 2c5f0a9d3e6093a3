import { useState } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { DeleteDialog } from "#components/operator/delete-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { counted } from "#components/words/count.ts";
import { momentOf } from "#components/words/moment.ts";
import type { ShareShown } from "./shown.ts";

interface Named {
  share: ShareShown;
  sources: readonly { id: string; name: string }[];
}

/** One link: what it shows, for how long, and how often it was opened. */
export function ShareRow({ share, sources, isOpen }: Named & { isOpen: boolean }) {
  const [isAsking, setAsking] = useState(false);
  const clockFormat = useClockFormat();
  const { meeting, room, masked, made_by } = share;
  const name = nameOfShare({ share, sources });
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-line border-t px-4 py-2.5 sm:px-4.5">
      <div className="min-w-0">
        <p className="wrap-anywhere font-strong text-dense">
          {meeting === null ? (
            <bdi>{name}</bdi>
          ) : (
            <Link href={`/meetings/${meeting.id}`} className="hover:underline">
              <bdi>{name}</bdi>
            </Link>
          )}
        </p>
        <p className="num text-note text-ink-2">
          {room !== null ? "without names" : masked ? "with initials" : "with names"}
          {" · "}
          {openedWords(share, clockFormat)}
        </p>
        <p className="num text-caption text-ink-3">
          Made by <bdi>{made_by}</bdi>, {lifeWords(share, clockFormat)}
        </p>
      </div>
      {isOpen && (
        <Button
          look="small"
          className="text-dense"
          aria-haspopup="dialog"
          aria-label={`Revoke the link to ${name}`}
          onClick={() => setAsking(true)}
        >
          Revoke
        </Button>
      )}
      {isAsking && (
        <DeleteDialog
          title={
            <>
              Revoke the link to “<bdi>{name}</bdi>”?
            </>
          }
          lead="For good: it shows nothing any more, also to who looks at it now."
          path={`/shares/${encodeURIComponent(share.id)}`}
          action="Revoke"
          underWay="Revoking…"
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function nameOfShare({ share: { kind, meeting, room, sources: ids }, sources }: Named): string {
  if (room !== null) return `${room.name}, for who waits`;
  if (kind === "meeting") return meeting?.name ?? "a meeting that is not there any more";
  if (ids === null) return "Wallboard";
  const names = ids.map((id) => sources.find((one) => one.id === id)?.name ?? "a source");
  return `Wallboard of ${names.join(", ")}`;
}

function openedWords(
  { opened_count, last_opened_at }: ShareShown,
  clockFormat: ClockFormat,
): string {
  if (last_opened_at === null) return "never opened";
  const last = momentOf(last_opened_at, clockFormat);
  return `opened ${counted(opened_count, "time", "times")}, last looked at ${last}`;
}

function lifeWords({ expires_at, revoked_at }: ShareShown, clockFormat: ClockFormat): string {
  return revoked_at === null
    ? `until ${momentOf(expires_at, clockFormat)}`
    : `revoked ${momentOf(revoked_at, clockFormat)}`;
}
