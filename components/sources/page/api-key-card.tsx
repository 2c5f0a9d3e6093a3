import { type FormEvent, useState } from "react";
import type { OpenedSource } from "#components/sources/opened-source.ts";
import { ApiKeyField } from "#components/sources/parts/api-key-field.tsx";
import { roughly } from "#components/sources/silence-words.ts";
import { useSourceChange } from "#components/sources/use-source.ts";
import { useNow } from "#components/sync/use-now.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { CONTROL, Field } from "#components/ui/field.tsx";
import type { ConnectedProvider } from "#domain/sources/connect-words.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

type Kept = NonNullable<OpenedSource["api_key"]>;

/** The key of the provider's API that a source keeps: its end and its age, and how it is set, replaced and forgotten. */
export function ApiKeyCard({
  source: { id, api_key, api_address },
  apiKey,
  usual,
}: {
  source: OpenedSource;
  apiKey: NonNullable<ConnectedProvider["apiKey"]>;
  /** Where the API is unless somebody runs it themselves; `null` where nobody does. */
  usual: string | null;
}) {
  const [key, setKey] = useState("");
  const [address, setAddress] = useState(api_address ?? "");
  const { mutate, isPending, error } = useSourceChange(id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const where = usual === null ? {} : { address: address.trim() || null };
    mutate(
      { method: "PUT", part: "/api-key", body: { key, ...where } },
      { onSuccess: () => setKey("") },
    );
  };
  return (
    <Card title="API key">
      <div className="grid gap-2.5 px-4 py-3 text-dense sm:px-4.5">
        {api_key === null ? (
          <p className="text-ink-2">
            None is kept. With one, Rollcall asks there for itself; it is encrypted and never shown
            again.
          </p>
        ) : (
          <KeptLine kept={api_key} address={usual === null ? null : (api_address ?? usual)} />
        )}
        <form onSubmit={submit} className="grid gap-2.5">
          <ApiKeyField
            label={api_key === null ? `${apiKey.name} (${apiKey.shown})` : `Another ${apiKey.name}`}
            value={key}
            onChange={setKey}
          />
          {usual !== null && (
            <div className="grid gap-1">
              <Field label="Address of the API, if you run it yourself">
                <input
                  type="url"
                  autoComplete="off"
                  spellCheck={false}
                  placeholder={usual}
                  className={CONTROL}
                  value={address}
                  onChange={(event) => setAddress(event.target.value)}
                />
              </Field>
              <p className="text-note text-ink-2">
                The key is sent there and nowhere else: for another address it is entered again.
              </p>
            </div>
          )}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" disabled={isPending}>
              {api_key === null ? "Keep the key" : "Replace the key"}
            </Button>
            {api_key !== null && (
              <Button
                disabled={isPending}
                onClick={() => mutate({ method: "DELETE", part: "/api-key" })}
              >
                Forget the key
              </Button>
            )}
          </div>
        </form>
        {error !== null && !isPending && (
          <p role="alert" className="wrap-anywhere text-note text-lost-ink">
            {error.message}
          </p>
        )}
      </div>
    </Card>
  );
}

function KeptLine({
  kept: { last_four, kept_since },
  address,
}: {
  kept: Kept;
  /** Where it is for, where that is not the same for everybody. */
  address: string | null;
}) {
  const now = useNow();
  return (
    <div>
      <p className="font-strong">
        {last_four === null ? (
          <span className="text-lost-ink">cannot be decrypted</span>
        ) : (
          <>
            ends in <code>{last_four}</code>
          </>
        )}
      </p>
      {address !== null && <p className="wrap-anywhere text-note text-ink-2">for {address}</p>}
      {kept_since !== null && (
        <p className="num text-note text-ink-2">
          kept for {roughly(Math.max(0, now - fromWireTime(kept_since)))}
        </p>
      )}
    </div>
  );
}
