import { type StoredSource, sourceById } from "#db/sources/sources.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { provider } from "#server/providers/providers.ts";
import { lastUseOf, retireOlder, rotateSecret, setPause } from "#server/sources/managing.ts";
import { type CliContext, CommandError } from "./command.ts";
import { type ListedSource, listed, mustStay, secretGiven } from "./sources.ts";

export interface Rotated {
  id: string;
  secret: string;
  /** When an older secret last signed a webhook, to the minute. */
  previous_last_used_at: string | null;
}

export interface Retired {
  id: string;
  /** How many secrets are accepted no longer. */
  retired: number;
  /** When one of them last signed a webhook. */
  retired_last_used_at: string | null;
  /** When the remaining secret last signed a webhook. */
  last_used_at: string | null;
}

/** Adds a secret, made where none is given. Older ones are accepted until they are retired. */
export async function rotateSource(
  context: CliContext,
  id: string,
  given?: string,
): Promise<Rotated> {
  const source = await sourceOfWebhooks(context, id);
  const secret = secretGiven(source.provider, given);
  const usedAt = await rotateSecret(context, source, secret);
  return { id: source.id, secret, previous_last_used_at: toWireTime(usedAt) };
}

/** Retires every secret of a source but the newest. */
export async function retireSource(context: CliContext, id: string): Promise<Retired> {
  const source = await sourceOfWebhooks(context, id);
  const [newest, ...older] = source.secrets;
  if (newest === undefined || older.length === 0) {
    throw new CommandError("It has no older secret: make a newer one first (source rotate).");
  }
  await retireOlder(context, source, "now");
  return {
    id: source.id,
    retired: older.length,
    retired_last_used_at: toWireTime(lastUseOf(older)),
    last_used_at: toWireTime(newest.lastUsedAt),
  };
}

/** Takes nothing from a source from now on: its provider is answered 503, and tries again later. */
export async function pauseSource(context: CliContext, id: string): Promise<ListedSource> {
  const source = await sourceOfWebhooks(context, id);
  return changed(context, source, { pausedAt: source.pausedAt ?? Date.now() });
}

export async function resumeSource(context: CliContext, id: string): Promise<ListedSource> {
  return changed(context, await sourceOfWebhooks(context, id), { pausedAt: null });
}

export function rotatedLines({ secret, previous_last_used_at: used }: Rotated): string[] {
  const before = used === null ? "never used" : `last used ${used}`;
  return [
    "A new secret, shown once:",
    secret,
    `Enter it at the provider. The one before (${before}) is accepted too, until: source retire.`,
  ];
}

export function retiredLines({ retired, last_used_at }: Retired): string[] {
  const done = `Retired ${retired} ${retired === 1 ? "secret" : "secrets"}.`;
  if (last_used_at !== null) return [done];
  return [
    done,
    "Nothing was signed with the new one yet: webhooks are refused until the provider uses it.",
  ];
}

async function changed(
  context: CliContext,
  source: StoredSource,
  changes: { pausedAt: Ms | null },
): Promise<ListedSource> {
  await setPause(context, source, changes.pausedAt);
  return listed({ ...source, ...changes });
}

export async function sourceNamed({ database }: CliContext, id: string): Promise<StoredSource> {
  const source = isUuid(id) ? await sourceById(database.orm, id) : null;
  if (source === null) throw new CommandError("No such source: `source list` prints their ids.");
  return source;
}

/** A source to which webhooks are sent, and that stays. Throws `CommandError` for any other. */
async function sourceOfWebhooks(context: CliContext, id: string): Promise<StoredSource> {
  const source = await sourceNamed(context, id);
  if (provider(source.provider)?.connect === null)
    throw new CommandError("That source is files: nothing is sent to it.");
  mustStay(source);
  return source;
}
