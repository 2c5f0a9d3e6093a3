import { type ApiKeyRow, createKey, listKeys, revokeKey } from "#db/access/keys.ts";
import { endSessions } from "#db/access/sessions.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { type CliContext, CommandError } from "./command.ts";
import { nameGiven } from "./sources.ts";

export interface ShownKey {
  id: string;
  name: string;
  created_at: string;
  /** To the minute. */
  last_used_at: string | null;
  revoked_at: string | null;
}

export async function makeKey(
  { database }: CliContext,
  name: string,
): Promise<{ id: string; key: string }> {
  return createKey(database.orm, nameGiven(name));
}

export async function shownKeys({ database }: CliContext): Promise<ShownKey[]> {
  return (await listKeys(database.orm)).map(shown);
}

/** Revokes a key: every process refuses it at once, and closes its open connections within a second. */
export async function revokeNamedKey({ database }: CliContext, id: string): Promise<ShownKey> {
  const revoked = isUuid(id) ? await revokeKey(database.orm, id) : null;
  if (revoked === null) throw new CommandError("No such key: `key list` prints their ids.");
  return shown(revoked);
}

export function keyLines(keys: readonly ShownKey[]): string[] {
  if (keys.length === 0) return ["No keys yet."];
  return keys.map(({ id, name, last_used_at, revoked_at }) => {
    const used = last_used_at === null ? "never used" : `last used ${last_used_at}`;
    return `${id}  ${name}  ${revoked_at === null ? used : `revoked ${revoked_at}`}`;
  });
}

/** Ends every browser session of this installation. */
export async function endEverySession({ database }: CliContext): Promise<{ ended_at: string }> {
  return { ended_at: toWireTime(await endSessions(database.orm, Date.now())) };
}

function shown({ id, name, createdAt, lastUsedAt, revokedAt }: ApiKeyRow): ShownKey {
  return {
    id,
    name,
    created_at: toWireTime(createdAt),
    last_used_at: toWireTime(lastUsedAt),
    revoked_at: toWireTime(revokedAt),
  };
}
