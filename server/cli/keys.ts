import { createKey, listKeys, revokeKey } from "#db/access/keys.ts";
import { endSessions } from "#db/access/sessions.ts";
import { unknownSources } from "#db/sources/sources.ts";
import type { Orm } from "#db/sql/orm.ts";
import { SCOPES, type Scope } from "#domain/access/scope.ts";
import type { Sight } from "#domain/access/sight.ts";
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
  /** Ids of sources, separated by commas; all where absent. */
  sources?: string;
  /** Patterns of rooms, separated by commas; all rooms where absent. */
  rooms?: string;
  masked?: true;
  /** A date, whose end in the installation's zone counts, or a moment in UTC; never where absent. */
  expires?: string;
}

export async function makeKey(
  { database, by }: CliContext,
  { name, scopes, expires, ...seen }: KeyAsked,
): Promise<{ id: string; key: string }> {
  const limits = {
    ...(scopes !== undefined && { scopes: scopesGiven(scopes) }),
    sight: await sightGiven(database.orm, seen),
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

/** What somebody is to see, as flags say it. */
async function sightGiven(
  orm: Orm,
  { sources, rooms, masked = false }: { sources?: string; rooms?: string; masked?: boolean },
): Promise<Sight> {
  const ids = listGiven("sources", sources);
  const [unknown] = await unknownSources(orm, ids ?? []);
  if (unknown !== undefined) {
    throw new CommandError(`No such source: ${unknown}. \`source list\` prints their ids.`);
  }
  return {
    sources: ids === null ? null : ids.map((id) => id.toLowerCase()),
    rooms: listGiven("rooms", rooms),
    masked,
  };
}

function listGiven(flag: string, text: string | undefined): string[] | null {
  if (text === undefined) return null;
  const all = text.split(",").map((part) => part.trim());
  if (all.includes("")) throw new CommandError(`--${flag} takes one or more, separated by commas.`);
  return all;
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
  return keys.map((key) => {
    const { id, name, scopes, last_used_at, expires_at, revoked_at } = key;
    const used = last_used_at === null ? "never used" : `last used ${last_used_at}`;
    const until = expires_at === null ? used : `${used}, until ${expires_at}`;
    const may = [scopes.join(","), ...sightWords(key)].join("; ");
    return `${id}  ${name}  ${may}  ${revoked_at === null ? until : `revoked ${revoked_at}`}`;
  });
}

function sightWords({ sources, rooms, masked }: ApiKeyJson): string[] {
  return [
    ...(sources === null ? [] : [`sources ${sources.join(",")}`]),
    ...(rooms === null ? [] : [`rooms ${rooms.join(",")}`]),
    ...(masked ? ["initials for names"] : []),
  ];
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
