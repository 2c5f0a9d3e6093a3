import { createHash, randomBytes } from "node:crypto";
import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { apiKeys } from "#db/schema/accounts.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** An API key as an operator may see it: never the key itself. */
export interface ApiKeyRow {
  id: string;
  name: string;
  createdAt: Ms;
  /** To the minute; `null` where it was never used. */
  lastUsedAt: Ms | null;
  revokedAt: Ms | null;
}

/** Makes an API key. The key itself is answered once and stored nowhere. */
export async function createKey(orm: Orm, name: string): Promise<{ id: string; key: string }> {
  const id = uuid();
  const key = `rk_${randomBytes(24).toString("base64url")}`;
  await orm.insert(apiKeys).values({ id, name, hash: hashOf(key) });
  return { id, key };
}

/** The live API key with this value, or `null`. 192 random bits need no slow hash. */
export async function keyNamed(
  orm: Orm,
  key: string,
): Promise<{ id: string; name: string } | null> {
  const rows = await orm
    .select({ id: apiKeys.id, name: apiKeys.name })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hashOf(key)), isNull(apiKeys.revokedAt)));
  return rows[0] ?? null;
}

/** Every key, the revoked ones too, oldest first. */
export async function listKeys(orm: Orm): Promise<ApiKeyRow[]> {
  const rows = await orm.select().from(apiKeys).orderBy(asc(apiKeys.createdAt), asc(apiKeys.id));
  return rows.map(rowOf);
}

/** Revokes a key, for good. `null` where there is none; a key that was revoked before stays as it was. */
export async function revokeKey(orm: Orm, id: string): Promise<ApiKeyRow | null> {
  const [row] = await orm
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
    .where(eq(apiKeys.id, id))
    .returning();
  return row === undefined ? null : rowOf(row);
}

/** The ids among these whose keys are still valid. */
export async function liveKeys(orm: Orm, ids: readonly string[]): Promise<Set<string>> {
  const rows = await orm
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(and(isOneOf(apiKeys.id, ids), isNull(apiKeys.revokedAt)));
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
  const { id, name, createdAt, lastUsedAt, revokedAt } = row;
  return {
    id,
    name,
    createdAt: createdAt.getTime(),
    lastUsedAt: lastUsedAt === null ? null : lastUsedAt.getTime(),
    revokedAt: revokedAt === null ? null : revokedAt.getTime(),
  };
}

function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
