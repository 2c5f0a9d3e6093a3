import { useState } from "react";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { DeleteDialog } from "#components/operator/delete-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ClockFormat } from "#components/words/clock-format.ts";
import { momentAt, momentOf } from "#components/words/moment.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { SCOPE_WORDS } from "./scope-words.ts";
import type { ApiKeyShown, SourceNamed } from "./shown.ts";
import { sightWords } from "./sight-words.ts";

/** One key: who uses it, what it may, and when it was used. */
export function KeyRow({
  apiKey,
  sources,
  isOpen,
}: {
  apiKey: ApiKeyShown;
  sources: readonly SourceNamed[];
  isOpen: boolean;
}) {
  const [isAsking, setAsking] = useState(false);
  const clockFormat = useClockFormat();
  const { name, scopes } = apiKey;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-line border-t px-4 py-2.5 sm:px-4.5">
      <div className="min-w-0">
        <p className="wrap-anywhere font-strong text-dense">
          <bdi>{name}</bdi>
        </p>
        <p className="num wrap-anywhere text-note text-ink-2">
          {scopes.map((scope) => SCOPE_WORDS[scope].name).join(", ")}, {sightWords(apiKey, sources)}
          {" · "}
          {usedWords(apiKey, clockFormat)}
        </p>
        <p className="num text-caption text-ink-3">{lifeWords(apiKey, clockFormat)}</p>
      </div>
      {isOpen && (
        <Button
          look="small"
          className="text-dense"
          aria-haspopup="dialog"
          aria-label={`Revoke the key of ${name}`}
          onClick={() => setAsking(true)}
        >
          Revoke
        </Button>
      )}
      {isAsking && (
        <DeleteDialog
          title={
            <>
              Revoke the key of “<bdi>{name}</bdi>”?
            </>
          }
          lead="For good, and at once: whatever uses it is refused, and what it has open is closed."
          path={`/keys/${encodeURIComponent(apiKey.id)}`}
          action="Revoke"
          underWay="Revoking…"
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function usedWords({ last_used_at }: ApiKeyShown, clockFormat: ClockFormat): string {
  return last_used_at === null ? "never used" : `last used ${momentOf(last_used_at, clockFormat)}`;
}

function lifeWords(
  { created_at, expires_at, revoked_at }: ApiKeyShown,
  clockFormat: ClockFormat,
): string {
  const made = `Made ${momentOf(created_at, clockFormat)}`;
  if (revoked_at !== null) return `${made}, revoked ${momentOf(revoked_at, clockFormat)}`;
  if (expires_at === null) return `${made}, without an end`;
  return `${made}, until ${endOf(fromWireTime(expires_at), clockFormat)}`;
}

/** `the end of Wed 31 Mar 2027`, or a moment within a day. */
function endOf(at: Ms, clockFormat: ClockFormat): string {
  return clockFormat.isSameDay(at - 1, at)
    ? momentAt(at, clockFormat)
    : `the end of ${clockFormat.calendarDay(at - 1)}`;
}
