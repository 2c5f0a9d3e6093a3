import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { DEFAULT_EMPTY_GAP_MS, DEFAULT_GRACE_MS } from "#domain/rules.ts";
import type { Orm } from "./client.ts";
import { sourceSecrets, sources } from "./schema/accounts.ts";

/** A connected provider account with its live secrets, still sealed, newest first. */
export interface StoredSource {
  id: string;
  provider: string;
  name: string;
  emptyGapMs: number;
  graceMs: number;
  noteTakers: string[];
  sealedSecrets: Buffer[];
}

export async function addSource(
  orm: Orm,
  { id = uuid(), ...source }: { id?: string; provider: string; name: string; sealedSecret: Buffer },
): Promise<string> {
  await orm.transaction(async (tx) => {
    await tx.insert(sources).values({
      id,
      provider: source.provider,
      name: source.name,
      emptyGapMs: DEFAULT_EMPTY_GAP_MS,
      graceMs: DEFAULT_GRACE_MS,
    });
    await tx
      .insert(sourceSecrets)
      .values({ id: uuid(), sourceId: id, sealed: source.sealedSecret });
  });
  return id;
}

/** One source by its id, which must look like a UUID; `null` for any other. */
export async function sourceById(orm: Orm, id: string): Promise<StoredSource | null> {
  const rows = await orm
    .select({ source: sources, sealed: sourceSecrets.sealed })
    .from(sources)
    .leftJoin(
      sourceSecrets,
      and(eq(sourceSecrets.sourceId, sources.id), isNull(sourceSecrets.retiredAt)),
    )
    .where(eq(sources.id, id))
    .orderBy(desc(sourceSecrets.createdAt));
  const first = rows[0]?.source;
  if (!first) return null;
  return { ...first, sealedSecrets: rows.flatMap(({ sealed }) => sealed ?? []) };
}

/** Every source with its newest live secret, oldest source first. */
export async function listSources(orm: Orm): Promise<StoredSource[]> {
  const rows = await orm
    .select({ source: sources, sealed: sourceSecrets.sealed })
    .from(sources)
    .leftJoin(
      sourceSecrets,
      and(eq(sourceSecrets.sourceId, sources.id), isNull(sourceSecrets.retiredAt)),
    )
    .orderBy(asc(sources.createdAt), asc(sources.id), desc(sourceSecrets.createdAt));
  const byId = Map.groupBy(rows, ({ source }) => source.id);
  return [...byId.values()].flatMap((own) => {
    const first = own[0]?.source;
    if (!first) return [];
    return [{ ...first, sealedSecrets: own.flatMap(({ sealed }) => sealed ?? []) }];
  });
}

/** How the events of sources are told; without their secrets. */
export async function sourcesOf(
  orm: Pick<Orm, "select">,
  ids: readonly string[],
): Promise<Omit<StoredSource, "sealedSecrets">[]> {
  return orm
    .select()
    .from(sources)
    .where(inArray(sources.id, [...ids]));
}
