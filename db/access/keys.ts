import { createHash, randomBytes } from "node:crypto";
import { and, asc, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { apiKeys } from "#db/schema/accounts.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import { SCOPES, type Scope } from "#domain/access/scope.ts";
import { type Sight, WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

/** An API key as an operator may see it: never the key itself. */
export interface ApiKeyRow {
  id: string;
  name: string;
  scopes: Scope[];
  sight: Sight;
  createdAt: Ms;
  /** It is refused from then on; `null` for never. */
  expiresAt: Ms | null;
  /** To the minute; `null` where it was never used. */
  lastUsedAt: Ms | null;
  revokedAt: Ms | null;
}

/** What a key may, of what, and until when. Without limits it may everything, for ever. */
export interface KeyLimits {
  scopes?: readonly Scope[];
  sight?: Sight;
  expiresAt?: Ms | null;
}

/** Makes an API key. The key itself is answered once and stored nowhere. */
export async function createKey(
  orm: Orm,
  name: string,
  { scopes = SCOPES, sight = WHOLE_SIGHT, expiresAt = null }: KeyLimits = {},
): Promise<ApiKeyRow & { key: string }> {
  const key = `rk_${randomBytes(24).toString("base64url")}`;
  const limits = {
    scopes: [...scopes],
    sources: sight.sources && [...sight.sources],
    rooms: sight.rooms && [...sight.rooms],
    masked: sight.masked,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  };
  const [row] = await orm
    .insert(apiKeys)
    .values({ id: uuid(), name, hash: hashOf(key), ...limits })
    .returning();
  if (row === undefined) throw new Error("an insert returned no row");
  return { ...rowOf(row), key };
}

/** A key that opens the API. */
export interface LiveKey {
  id: string;
  name: string;
  scopes: Scope[];
  sight: Sight;
}

/** The API key with this value that is live at `now`, or `null`. 192 random bits need no slow hash. */
export async function keyNamed(orm: Orm, key: string, now: Ms): Promise<LiveKey | null> {
  const rows = await orm
    .select({ id: apiKeys.id, name: apiKeys.name, scopes: apiKeys.scopes, sight: SIGHT })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hashOf(key)), isLive(now)));
  return rows[0] ?? null;
}

const SIGHT = { sources: apiKeys.sources, rooms: apiKeys.rooms, masked: apiKeys.masked };

/** Whether a key is neither revoked nor expired. */
function isLive(now: Ms) {
  return and(
    isNull(apiKeys.revokedAt),
    or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, new Date(now))),
  );
}

/** Every key, the revoked ones too, oldest first. */
export async function listKeys(orm: Orm): Promise<ApiKeyRow[]> {
  const rows = await orm.select().from(apiKeys).orderBy(asc(apiKeys.createdAt), asc(apiKeys.id));
  return rows.map(rowOf);
}

/** Revokes a key, for good. `null` where none has that id; a key that was revoked before stays as it was. */
export async function revokeKey(orm: Orm, id: string): Promise<ApiKeyRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await orm
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
    .where(eq(apiKeys.id, id))
    .returning();
  return row === undefined ? null : rowOf(row);
}

/** The ids among these whose keys are live at `now`. */
export async function liveKeys(orm: Orm, ids: readonly string[], now: Ms): Promise<Set<string>> {
  const rows = await orm
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(and(isOneOf(apiKeys.id, ids), isLive(now)));
  return new Set(rows.map(({ id }) => id));
}

/** Notes that a key was used, unless a later use is stored. */
export async function noteKeyUsed(orm: Orm, id: string, at: Ms): Promise<void> {
  const moment = new Date(at);
  await orm
    .update(apiKeys)
    .set({ lastUsedAt: moment })
    .where(and(eq(apiKeys.id, id), or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, moment))));
}

function rowOf(row: typeof apiKeys.$inferSelect): ApiKeyRow {
  const { id, name, scopes, sources, rooms, masked, createdAt, expiresAt, lastUsedAt, revokedAt } =
    row;
  return {
    id,
    name,
    scopes,
    sight: { sources, rooms, masked },
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt?.getTime() ?? null,
    lastUsedAt: lastUsedAt?.getTime() ?? null,
    revokedAt: revokedAt?.getTime() ?? null,
  };
}

function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
