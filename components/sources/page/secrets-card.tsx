import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import type { OpenedSource } from "#components/sources/opened-source.ts";
import { roughly } from "#components/sources/silence-words.ts";
import { useSourceChange } from "#components/sources/use-source.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { useNow } from "#components/sync/use-now.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
import { CONTROL, DIALOG_INPUT, Field } from "#components/ui/field.tsx";
import { ShownOnce } from "#components/ui/shown-once.tsx";
import { momentOf } from "#components/words/moment.ts";
import type { ConnectedProvider } from "#domain/sources/connect-words.ts";
import { addDays, isDay, startOfDay } from "#domain/time/period.ts";
import { fromWireTime, toWireTime } from "#domain/time/wire-time.ts";

const rotatedSource = async () => (await import("#server/sources/schema.ts")).rotatedSource;

type Secret = NonNullable<OpenedSource["secrets"]>[number];

/** The secrets that are accepted: their ends, ages and last uses, and how one replaces the other. */
export function SecretsCard({
  source,
  provider,
}: {
  source: OpenedSource;
  provider: ConnectedProvider;
}) {
  const [isRotating, setRotating] = useState(false);
  const secrets = source.secrets ?? [];
  return (
    <Card
      title={secrets.length > 1 ? "Secrets" : "Secret"}
      aside={
        <Button
          look="small"
          className="text-dense"
          aria-haspopup="dialog"
          onClick={() => setRotating(true)}
        >
          Rotate
        </Button>
      }
    >
      <ul className="divide-y divide-line">
        {secrets.map((secret, index) => (
          <SecretRow key={secret.created_at} secret={secret} isNewest={index === 0} />
        ))}
        {secrets.length === 0 && (
          <li className="px-4 py-3 text-dense text-lost-ink sm:px-4.5">
            No secret is accepted any more: rotate to make one.
          </li>
        )}
      </ul>
      {secrets.length > 1 && <Retirement source={source} />}
      {isRotating && (
        <RotateDialog source={source} provider={provider} onClose={() => setRotating(false)} />
      )}
    </Card>
  );
}

function SecretRow({ secret, isNewest }: { secret: Secret; isNewest: boolean }) {
  const now = useNow();
  const clockFormat = useClockFormat();
  const { last_four, created_at, last_used_at, retires_at } = secret;
  return (
    <li className="px-4 py-2.5 text-dense sm:px-4.5">
      <p className="font-strong">
        {last_four === null ? (
          <span className="text-lost-ink">cannot be decrypted</span>
        ) : (
          <>
            ends in <code>{last_four}</code>
          </>
        )}
        {!isNewest && <span className="font-normal text-ink-3"> · an older one</span>}
      </p>
      <p className="num text-note text-ink-2">
        {roughly(Math.max(0, now - fromWireTime(created_at)))} old ·{" "}
        {last_used_at === null ? "never used" : `last used ${momentOf(last_used_at, clockFormat)}`}
      </p>
      {retires_at !== null && (
        <p className="num text-note text-waiting-ink">
          accepted until {momentOf(retires_at, clockFormat)}
        </p>
      )}
    </li>
  );
}

/** Ends the overlap: by a click, or on a day. */
function Retirement({ source }: { source: OpenedSource }) {
  const clockFormat = useClockFormat();
  const [day, setDay] = useState("");
  const { mutate, isPending, error } = useSourceChange(source.id);
  const [newest] = source.secrets ?? [];
  const isDated = source.secrets?.some(({ retires_at }) => retires_at !== null) === true;
  const retire = (body: object) => mutate({ method: "POST", part: "/retire", body });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isDay(day)) return;
    retire({
      at: toWireTime(startOfDay(addDays(day, 1), (at) => clockFormat.offsetMs(at))),
    });
  };
  return (
    <div className="grid gap-2.5 border-line border-t px-4 py-3 text-dense sm:px-4.5">
      <p className="text-note text-ink-2">
        {newest?.last_used_at == null
          ? "Both are accepted. The new one was not used yet: enter it at the provider first."
          : "Both are accepted. When the older one is not used any more, retire it."}
      </p>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <Button disabled={isPending} onClick={() => retire({})}>
          Retire the older now
        </Button>
        <Field label="or at the end of" className="w-36">
          <input
            type="date"
            className={CONTROL}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        </Field>
        <Button type="submit" disabled={isPending || !isDay(day)}>
          Retire then
        </Button>
        {isDated && (
          <Button disabled={isPending} onClick={() => retire({ at: null })}>
            Take the date away
          </Button>
        )}
      </form>
      {error !== null && (
        <p role="alert" className="text-note text-lost-ink">
          {error.message}
        </p>
      )}
    </div>
  );
}

/** Makes a new secret, or takes the provider's, and shows ours once. */
function RotateDialog({
  source,
  provider,
  onClose,
}: {
  source: OpenedSource;
  provider: ConnectedProvider;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const [secret, setSecret] = useState("");
  const isOurs = provider.secretMadeBy === "us";
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () =>
      askApi(`/sources/${encodeURIComponent(source.id)}/rotate`, rotatedSource, {
        method: "POST",
        body: secret === "" ? {} : { secret },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.source(source.id) }),
  });
  if (data !== undefined && isOurs) {
    return (
      <ShownOnce
        title="The new secret"
        lead={`It is shown now and never again. Enter it at ${provider.title} as its ${provider.secretName}; until the older one is retired, both are accepted.`}
        text={data.secret}
        copy="Copy the secret"
        onClose={onClose}
      />
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate(undefined, { onSuccess: () => (isOurs ? undefined : onClose()) });
  };
  return (
    <Dialog open onClose={onClose}>
      <form onSubmit={submit}>
        <DialogTitle>Rotate the secret?</DialogTitle>
        <DialogText>
          The new secret is accepted at once, and the present one too, until you retire it. So no
          webhook is lost meanwhile. Of a secret that leaked, do not wait: retire it at once.
        </DialogText>
        <Field
          className="mt-3"
          label={
            isOurs
              ? "A secret of your own (a new one is made without it)"
              : `The new secret of ${provider.title}, ${provider.secretShown}`
          }
        >
          <input
            type="password"
            autoComplete="off"
            spellCheck={false}
            required={!isOurs}
            className={DIALOG_INPUT}
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        </Field>
        {error !== null && !isPending && <DialogFailure>{error.message}</DialogFailure>}
        <DialogActions>
          <Button type="submit" look="primary" disabled={isPending}>
            {isPending ? "Rotating…" : "Rotate the secret"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
