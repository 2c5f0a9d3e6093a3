import { createHash, randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Orm } from "./client.ts";
import { apiKeys } from "./schema/accounts.ts";

/** Makes an API key. The key itself is answered once and kept nowhere. */
export async function createKey(orm: Orm, name: string): Promise<{ id: string; key: string }> {
  const id = uuid();
  const key = `rk_${randomBytes(24).toString("base64url")}`;
  await orm.insert(apiKeys).values({ id, name, hash: hashOf(key) });
  return { id, key };
}

/** The live key that `key` is, or `null`. 192 random bits need no slow hash. */
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

function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
