import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { ApiKeyField } from "#components/sources/parts/api-key-field.tsx";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Button } from "#components/ui/button.tsx";
import type { ConnectedProvider } from "#domain/sources/connect-words.ts";

const madeWebhook = async () => (await import("#server/sources/schema.ts")).madeWebhook;

/** Makes the webhook at the provider with a key of its API, which is used once and not kept unless it is asked to. */
export function WebhookForm({
  sourceId,
  provider,
  keptKey,
  hasAddress,
}: {
  sourceId: string;
  provider: ConnectedProvider;
  /** The end of the key that is kept; `null` for none. */
  keptKey: { last_four: string | null } | null;
  hasAddress: boolean;
}) {
  const client = useQueryClient();
  const [key, setKey] = useState("");
  const [isKept, setKept] = useState(false);
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () =>
      askApi(`/sources/${encodeURIComponent(sourceId)}/webhook`, madeWebhook, {
        method: "POST",
        body: key === "" ? {} : { key, keep: isKept },
      }),
    onSuccess: async () => {
      setKey("");
      await client.invalidateQueries({ queryKey: queryKeys.source(sourceId) });
    },
  });
  const { apiKey, title } = provider;
  if (apiKey === null) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={submit} className="grid gap-2.5 text-dense" aria-label={`Make it at ${title}`}>
      <p className="text-ink-2">
        {keptKey === null
          ? `Or let Rollcall make that call: with a ${apiKey.name}, which is used this once and not stored.`
          : `Rollcall keeps the ${apiKey.name} that ends in ${keptKey.last_four ?? "…"}, encrypted. With it, one click makes the webhook with the newest secret, or switches it on again.`}
      </p>
      {keptKey === null && (
        <>
          <ApiKeyField label={`${apiKey.name} (${apiKey.shown})`} value={key} onChange={setKey} />
          <label className="flex items-center gap-2 text-note text-ink-2">
            <input
              type="checkbox"
              checked={isKept}
              onChange={(event) => setKept(event.target.checked)}
            />
            Keep the key, encrypted, for whatever is asked there from now on
          </label>
        </>
      )}
      <Button type="submit" className="justify-self-start" disabled={isPending || !hasAddress}>
        {isPending ? `Asking ${title}…` : `Make the webhook at ${title}`}
      </Button>
      {!hasAddress && (
        <p className="text-note text-ink-3">
          For that, ROLLCALL_URL has to be set: {title} sends its webhooks there.
        </p>
      )}
      {data !== undefined && !isPending && error === null && (
        <p role="status" className="text-note text-present-ink">
          {data.webhook.made === "created"
            ? `${title} has the webhook now.`
            : `${title} had this webhook already: it is up to date and switched on.`}{" "}
          {data.key_kept ? "The key is kept." : "The key is forgotten."}
        </p>
      )}
      {error !== null && !isPending && (
        <p role="alert" className="wrap-anywhere text-note text-lost-ink">
          {error.message}
        </p>
      )}
    </form>
  );
}
