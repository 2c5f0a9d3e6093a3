import { and, asc, desc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
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
  untoldSince: number | null;
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

/** What can be set of a source. What is left out stays. */
export interface SourceChange {
  name?: string;
  emptyGapMs?: number;
  graceMs?: number;
  noteTakers?: string[];
}

/** Changes a source; with `untoldSince` its past is to be told again. Whether there is such a source. */
export async function changeSource(
  orm: Orm,
  id: string,
  change: SourceChange,
  untoldSince: number | null,
): Promise<boolean> {
  const set = { ...change, ...(untoldSince !== null && { untoldSince }) };
  const rows = await orm.update(sources).set(set).where(eq(sources.id, id)).returning();
  return rows.length > 0;
}

/** The sources whose past is to be told again, those that wait longest first. */
export async function untoldSources(orm: Orm): Promise<{ id: string; since: number }[]> {
  const rows = await orm
    .select({ id: sources.id, since: sources.untoldSince })
    .from(sources)
    .where(isNotNull(sources.untoldSince))
    .orderBy(asc(sources.untoldSince));
  return rows.flatMap(({ id, since }) => (since === null ? [] : [{ id, since }]));
}

/** The past of a source is told as it was set at that moment, unless it was set otherwise since. */
export async function sourceTold(orm: Orm, id: string, since: number): Promise<void> {
  await orm
    .update(sources)
    .set({ untoldSince: null })
    .where(and(eq(sources.id, id), eq(sources.untoldSince, since)));
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
