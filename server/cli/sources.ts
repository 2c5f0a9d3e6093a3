import { randomBytes } from "node:crypto";
import { addSource, listSources, type StoredSource } from "#db/sources.ts";
import { IMPORT } from "#domain/history/imports.ts";
import { toWireTime } from "#domain/wire.ts";
import type { WebhookProvider } from "#server/providers/provider.ts";
import { provider, providerNames } from "#server/providers/providers.ts";
import { open, seal } from "#server/seal.ts";
import { webhookPath } from "#server/source-settings.ts";
import { type Desk, Mistake } from "./command.ts";

export interface ShownSource {
  id: string;
  provider: string;
  name: string;
  secret: string;
  webhook_path: string;
}

/** A source as it is listed: when its live secrets signed something, newest first, but not the secrets. */
export interface ListedSource extends Omit<ShownSource, "secret"> {
  empty_gap_ms: number;
  grace_ms: number;
  note_takers: string[];
  paused_at: string | null;
  secrets: { created_at: string; last_used_at: string | null }[];
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
  const name = nameGiven(source.name);
  const secret = secretGiven(source.secret);
  const id = await addSource(database.orm, {
    provider: source.provider,
    name,
    sealedSecret: seal(secret, key),
  });
  return {
    id,
    provider: source.provider,
    name,
    secret,
    webhook_path: webhookPath(source.provider, id),
  };
}

/** Every source, without secrets. */
export async function shownSources({ database }: Desk): Promise<ListedSource[]> {
  const sources = await listSources(database.orm);
  return sources.map(listed);
}

/** A source as it is listed. */
export function listed(source: StoredSource): ListedSource {
  return {
    id: source.id,
    provider: source.provider,
    name: source.name,
    webhook_path: webhookPath(source.provider, source.id),
    empty_gap_ms: source.emptyGapMs,
    grace_ms: source.graceMs,
    note_takers: source.noteTakers,
    paused_at: toWireTime(source.pausedAt),
    secrets: source.secrets.map(({ createdAt, lastUsedAt }) => ({
      created_at: toWireTime(createdAt),
      last_used_at: toWireTime(lastUsedAt),
    })),
  };
}

export function sourceLines(sources: readonly ListedSource[]): string[] {
  if (sources.length === 0) return ["No sources yet."];
  return sources.map(({ provider: named, name, webhook_path, paused_at, secrets }) => {
    const paused = paused_at === null ? "" : `  paused since ${paused_at}`;
    const several = secrets.length > 1 ? `  ${secrets.length} secrets` : "";
    return `${named}  ${name}  ${webhook_path}${several}${paused}`;
  });
}

/** The source that the simulator sends to, made when it is not there yet: real ones stay clean. */
export async function simulatedSource(desk: Desk, named: WebhookProvider): Promise<ShownSource> {
  const name = "Simulation";
  const known = (await listSources(desk.database.orm)).find(
    (source) => source.provider === named && source.name === name,
  );
  if (!known) return connectSource(desk, { provider: named, name });
  return { ...known, secret: secretOf(known, desk), webhook_path: webhookPath(named, known.id) };
}

function secretOf({ secrets: [newest] }: StoredSource, { secret }: Desk): string {
  if (!newest) throw new Mistake("The simulation's source has no live secret.");
  return open(newest.sealed, secret);
}

/** The name somebody gave. Throws `Mistake` for an empty one. */
export function nameGiven(given: string): string {
  const name = given.trim();
  if (name === "") throw new Mistake("--name must not be empty.");
  return name;
}

/** The secret somebody gave, or one that is made. Throws `Mistake` for one that signs nothing. */
export function secretGiven(given: string | undefined): string {
  const secret = given ?? randomBytes(32).toString("base64");
  if (isSecret(secret)) return secret;
  throw new Mistake(
    "--secret must be standard base64 of at least 16 bytes, as the provider shows it.",
  );
}

function isSecret(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  return (
    bytes.length >= 16 && bytes.toString("base64").replace(/=+$/, "") === text.replace(/=+$/, "")
  );
}
