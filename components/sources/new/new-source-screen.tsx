"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { CallBlock } from "#components/sources/page/call-block.tsx";
import { ConnectSteps } from "#components/sources/page/connect-steps.tsx";
import { WebhookForm } from "#components/sources/page/webhook-form.tsx";
import { Breadcrumb, Step } from "#components/ui/breadcrumb.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { FormField, INPUT } from "#components/ui/field.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { useMay } from "#components/viewer/me.tsx";
import type { ConnectedProvider } from "#domain/sources/connect-words.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type { addedSource } from "#server/sources/schema.ts";
import { NewChecklist } from "./new-checklist.tsx";

const added = async () => (await import("#server/sources/schema.ts")).addedSource;

/** Adds a source: which provider, what to call it, and then what is done there, until it is heard. */
export function NewSourceScreen({ providers }: { providers: readonly ConnectedProvider[] }) {
  const may = useMay("owner");
  const [made, setMade] = useState<AnswerOf<typeof addedSource> | null>(null);
  const provider = providers.find(({ name }) => name === made?.provider);
  return (
    <>
      <PageTitle name="Add a source" />
      <Breadcrumb>
        <Step at="first" href="/sources">
          Sources
        </Step>
        <Step at="last">Add a source</Step>
      </Breadcrumb>
      <PageHead
        title={made === null ? "Add a source" : <bdi>{made.name}</bdi>}
        lead={
          made === null
            ? "A source is one account of a provider, with its own address and secret."
            : "It is added. What is left is done at the provider; the checklist ticks by itself."
        }
        className="mb-4.5"
      />
      {!may && (
        <p className="max-w-3xl rounded-card border border-line bg-surface px-4.5 py-8 text-ink-2 shadow-card">
          You may look at every source. An owner adds them: ask one of them.
        </p>
      )}
      {may && made === null && <NewSourceForm providers={providers} onMade={setMade} />}
      {may && made !== null && provider !== undefined && (
        <Connecting made={made} provider={provider} />
      )}
    </>
  );
}

function NewSourceForm({
  providers,
  onMade,
}: {
  providers: readonly ConnectedProvider[];
  onMade: (made: AnswerOf<typeof addedSource>) => void;
}) {
  const [chosen, setChosen] = useState(providers[0]?.name ?? "");
  const [name, setName] = useState("");
  const [secret, setSecret] = useState("");
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      askApi("/sources", added, {
        method: "POST",
        body: { provider: chosen, name, ...(secret !== "" && { secret }) },
      }),
    onSuccess: onMade,
  });
  const provider = providers.find((one) => one.name === chosen);
  const isOurs = provider?.secretMadeBy === "us";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={submit} className="grid max-w-3xl gap-4">
      <fieldset>
        <legend className="text-note text-ink-2">Provider</legend>
        <div className="mt-1 grid gap-2.5 sm:grid-cols-3">
          {providers.map((one) => (
            <label
              key={one.name}
              className="relative grid content-start gap-0.5 rounded-card border border-line bg-surface px-4 py-3 shadow-card has-checked:border-ink has-focus-visible:outline-2 has-focus-visible:outline-focus"
            >
              <input
                type="radio"
                name="provider"
                value={one.name}
                checked={chosen === one.name}
                onChange={() => setChosen(one.name)}
                className="absolute top-3.5 right-3.5"
              />
              <span className="font-strong">{one.title}</span>
              <span className="text-note text-ink-2">Webhooks of {one.senders}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <FormField label="What to call it" note="As people know that account." faults={[]}>
        {(ties) => (
          <input
            {...ties}
            className={INPUT}
            required
            maxLength={100}
            placeholder="Clinic"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormField>
      <FormField
        label={isOurs ? "Secret (made for you where this is empty)" : "Secret"}
        note={
          isOurs
            ? "It is shown once, on the next page. Enter one only if you have it already."
            : `${provider?.title} signs with a secret of its own, ${provider?.secretShown}.`
        }
        faults={[]}
      >
        {(ties) => (
          <input
            {...ties}
            type="password"
            autoComplete="off"
            spellCheck={false}
            className={INPUT}
            required={!isOurs}
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        )}
      </FormField>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={isPending || provider === undefined}>
          {isPending ? "Adding…" : "Add the source"}
        </Button>
        {error !== null && !isPending && (
          <p role="alert" className="wrap-anywhere text-note text-lost-ink">
            {error.message}
          </p>
        )}
      </div>
    </form>
  );
}

function Connecting({
  made,
  provider,
}: {
  made: AnswerOf<typeof addedSource>;
  provider: ConnectedProvider;
}) {
  const { id, secret, webhook_path, webhook_url } = made;
  return (
    <div className="grid items-start gap-3.5 *:min-w-0 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid gap-3.5 *:min-w-0">
        {provider.secretMadeBy === "us" && (
          <Card title={`Secret, for ${provider.title} the ${provider.secretName}`}>
            <div className="grid gap-2 px-4 py-3 text-dense *:min-w-0 sm:px-4.5">
              <p className="text-ink-2">
                It is shown now and never again; the calls below have it in them already.
              </p>
              <CallBlock text={secret} label="Copy the secret" />
            </div>
          </Card>
        )}
        <Card title={`At ${provider.title}`}>
          <div className="grid gap-4 px-4 py-3 *:min-w-0 sm:px-4.5">
            <ConnectSteps
              provider={provider}
              path={webhook_path}
              url={webhook_url}
              secret={secret}
            />
            {provider.makesWebhook && (
              <WebhookForm
                sourceId={id}
                provider={provider}
                keptKey={null}
                hasAddress={webhook_url !== null}
              />
            )}
          </div>
        </Card>
      </div>
      <div className="grid gap-3.5 *:min-w-0">
        <Card title="Is it heard?">
          <div className="px-4 py-3 sm:px-4.5">
            <NewChecklist id={id} provider={provider} />
          </div>
        </Card>
        <p>
          <ButtonLink href={`/sources/${id}`}>Open the source</ButtonLink>
        </p>
      </div>
    </div>
  );
}
