import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogFailure, DialogTitle } from "#components/ui/dialog.tsx";
import { DIALOG_INPUT } from "#components/ui/field.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";
import { SCOPES, type Scope } from "#domain/access/scope.ts";
import { addDays, isDay, startOfDay } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { SCOPE_WORDS } from "./scope-words.ts";
import type { SourceNamed } from "./shown.ts";
import { isComplete, NO_LIMITS, SightFields, sightOf } from "./sight-fields.tsx";

const createdKey = async () => (await import("#server/access/schema.ts")).createdKey;

/** Makes a key, and shows it once. */
export function NewKeyDialog({
  sources,
  onClose,
}: {
  sources: readonly SourceNamed[];
  onClose: () => void;
}) {
  const router = useRouter();
  const clockFormat = useClockFormat();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["read"]);
  const [sight, setSight] = useState(NO_LIMITS);
  const [lastDay, setLastDay] = useState("");
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () =>
      askApi("/keys", createdKey, {
        method: "POST",
        body: { name, scopes, ...sightOf(sight), expires_at: endOf(lastDay) },
      }),
    onSuccess: () => router.refresh(),
  });
  /** When that day is over in the zone of this page; `null` for no day. */
  function endOf(day: string): string | null {
    if (!isDay(day)) return null;
    return toWireTime(startOfDay(addDays(day, 1), (at) => clockFormat.offsetMs(at)));
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  if (data !== undefined) {
    return (
      <ShownOnce
        title={
          <>
            The key of “<bdi>{data.name}</bdi>”
          </>
        }
        lead="It is shown now and never again. Put it where the program reads it."
        text={data.key}
        copy="Copy the key"
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog open onClose={onClose} form="long">
      <form onSubmit={submit}>
        <DialogTitle>New key</DialogTitle>
        <label className="mt-3 flex flex-col gap-1">
          <span className="text-note text-ink-2">Who uses it</span>
          <input
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={100}
            required
            autoComplete="off"
            className={DIALOG_INPUT}
          />
        </label>
        <fieldset className="mt-3">
          <legend className="text-note text-ink-2">What it may</legend>
          {SCOPES.map((scope) => (
            <label key={scope} className="flex items-baseline gap-2 py-1 text-dense">
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={({ target: { checked } }) =>
                  setScopes(
                    SCOPES.filter((one) => (one === scope ? checked : scopes.includes(one))),
                  )
                }
              />
              <span>
                {SCOPE_WORDS[scope].name}{" "}
                <span className="text-note text-ink-3">{SCOPE_WORDS[scope].note}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <SightFields whose="key" draft={sight} sources={sources} onChange={setSight} />
        <label className="mt-2 flex flex-col gap-1">
          <span className="text-note text-ink-2">Last day, if it is to end</span>
          <input
            type="date"
            value={lastDay}
            onChange={(event) => setLastDay(event.target.value)}
            className={DIALOG_INPUT}
          />
        </label>
        {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
        <DialogActions>
          <Button
            look="primary"
            type="submit"
            disabled={isPending || scopes.length === 0 || !isComplete(sight)}
          >
            {isPending ? "Making…" : "Make the key"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
