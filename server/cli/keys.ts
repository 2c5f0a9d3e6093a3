import { createKey, listKeys, revokeKey } from "#db/access/keys.ts";
import { endSessions } from "#db/access/sessions.ts";
import { SCOPES, type Scope } from "#domain/access/scope.ts";
import type { Ms } from "#domain/time/ms.ts";
import { addDays, isDay, startOfDay } from "#domain/time/period.ts";
import { parseUtc } from "#domain/time/time.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { type ApiKeyJson, apiKeyJson } from "#server/access/api.ts";
import { keyCreated, keyRevoked } from "#server/access/noted.ts";
import { offsetIn } from "#server/http/period.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { audited } from "#server/runtime/audit.ts";
import { type CliContext, CommandError } from "./command.ts";
import { nameGiven } from "./sources.ts";

/** What `key create` is told. */
export interface KeyAsked {
  name: string;
  /** Separated by commas; all of them where absent. */
  scopes?: string;
  /** A date, whose end in the installation's zone counts, or a moment in UTC; never where absent. */
  expires?: string;
}

export async function makeKey(
  { database, by }: CliContext,
  { name, scopes, expires }: KeyAsked,
): Promise<{ id: string; key: string }> {
  const limits = {
    ...(scopes !== undefined && { scopes: scopesGiven(scopes) }),
    ...(expires !== undefined && { expiresAt: expiryGiven(expires, Date.now()) }),
  };
  const { id, key } = await audited(
    database,
    by,
    ({ orm }) => createKey(orm, nameGiven(name), limits),
    keyCreated,
  );
  return { id, key };
}

function scopesGiven(text: string): Scope[] {
  const words = text.split(",").map((word) => word.trim());
  const unknown = words.filter((word) => !SCOPES.some((scope) => scope === word));
  if (unknown.length > 0) {
    throw new CommandError(`--scopes takes ${SCOPES.join(", ")}, separated by commas.`);
  }
  return SCOPES.filter((scope) => words.includes(scope));
}

function expiryGiven(text: string, now: Ms): Ms {
  const at = isDay(text)
    ? startOfDay(addDays(text, 1), offsetIn(installationTimeZone()))
    : parseUtc(text);
  if (at === null) {
    throw new CommandError("--expires must be a date such as 2027-03-31, or a moment in UTC.");
  }
  if (at <= now) throw new CommandError("--expires must lie ahead.");
  return at;
}

export async function shownKeys({ database }: CliContext): Promise<ApiKeyJson[]> {
  return (await listKeys(database.orm)).map(apiKeyJson);
}

/** Revokes a key: every process refuses it at once, and closes its open connections within a second. */
export async function revokeNamedKey(
  { database, by }: CliContext,
  id: string,
): Promise<ApiKeyJson> {
  const revoked = await audited(database, by, ({ orm }) => revokeKey(orm, id), keyRevoked);
  if (revoked === null) throw new CommandError("No such key: `key list` prints their ids.");
  return apiKeyJson(revoked);
}

export function keyLines(keys: readonly ApiKeyJson[]): string[] {
  if (keys.length === 0) return ["No keys yet."];
  return keys.map(({ id, name, scopes, last_used_at, expires_at, revoked_at }) => {
    const used = last_used_at === null ? "never used" : `last used ${last_used_at}`;
    const until = expires_at === null ? used : `${used}, until ${expires_at}`;
    const may = scopes.join(",");
    return `${id}  ${name}  ${may}  ${revoked_at === null ? until : `revoked ${revoked_at}`}`;
  });
}

/** Ends every browser session of this installation. */
export async function endEverySession({ database, by }: CliContext): Promise<{ ended_at: string }> {
  const ended = await audited(
    database,
    by,
    ({ orm }) => endSessions(orm, Date.now()),
    () => ({ action: "sessions.ended", about: null, details: { whose: "everybody" } }),
  );
  return { ended_at: toWireTime(ended) };
}
