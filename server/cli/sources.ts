import { randomBytes } from "node:crypto";
import { addSource, listSources, type StoredSource } from "#db/sources.ts";
import { IMPORT } from "#domain/history/imports.ts";
import type { WebhookProvider } from "#server/providers/provider.ts";
import { provider, providerNames } from "#server/providers/providers.ts";
import { open, seal } from "#server/seal.ts";
import { type Desk, Mistake } from "./command.ts";

export interface ShownSource {
  id: string;
  provider: string;
  name: string;
  secret: string;
  webhook_path: string;
}

/** Connects a provider account. Without a secret one is made. */
export async function connectSource(
  { database, secret: key }: Desk,
  source: { provider: string; name: string; secret?: string | undefined },
): Promise<ShownSource> {
  if (provider(source.provider) === null || source.provider === IMPORT) {
    const names = providerNames.filter((name) => name !== IMPORT);
    throw new Mistake(`--provider must be one of ${names.join(", ")}.`);
  }
  const name = source.name.trim();
  if (name === "") throw new Mistake("--name must not be empty.");
  const secret = source.secret ?? randomBytes(32).toString("base64");
  if (!isSecret(secret)) {
    throw new Mistake(
      "--secret must be standard base64 of at least 16 bytes, as the provider shows it.",
    );
  }
  const id = await addSource(database.orm, {
    provider: source.provider,
    name,
    sealedSecret: seal(secret, key),
  });
  return { id, provider: source.provider, name, secret, webhook_path: pathOf(source.provider, id) };
}

/** Every source, without secrets. */
export async function shownSources({ database }: Desk): Promise<Omit<ShownSource, "secret">[]> {
  const sources = await listSources(database.orm);
  return sources.map(({ id, provider: named, name }) => ({
    id,
    provider: named,
    name,
    webhook_path: pathOf(named, id),
  }));
}

/** The source that the simulator sends to, made when it is not there yet: real ones stay clean. */
export async function simulatedSource(desk: Desk, named: WebhookProvider): Promise<ShownSource> {
  const name = "Simulation";
  const known = (await listSources(desk.database.orm)).find(
    (source) => source.provider === named && source.name === name,
  );
  if (!known) return connectSource(desk, { provider: named, name });
  return { ...known, secret: secretOf(known, desk), webhook_path: pathOf(named, known.id) };
}

function secretOf({ sealedSecrets }: StoredSource, { secret }: Desk): string {
  const [sealed] = sealedSecrets;
  if (!sealed) throw new Mistake("The simulation's source has no live secret.");
  return open(sealed, secret);
}

function pathOf(named: string, id: string): string {
  return `/api/webhooks/${named}/${id}`;
}

function isSecret(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  return (
    bytes.length >= 16 && bytes.toString("base64").replace(/=+$/, "") === text.replace(/=+$/, "")
  );
}
