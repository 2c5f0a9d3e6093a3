import { and, asc, desc, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { sourceSecrets, sources } from "#db/schema/accounts.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { RoomTitleRule } from "#domain/participant/room-title.ts";
import { DEFAULT_EMPTY_GAP_MS, DEFAULT_GRACE_MS } from "#domain/participant/rules.ts";
import type { Retained } from "#domain/privacy/retention/retention.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

/** A live signing secret, still encrypted. */
export interface StoredSecret {
  id: string;
  sealed: Buffer;
  createdAt: Ms;
  /** To the minute; `null` where it was never used. */
  lastUsedAt: Ms | null;
  /** When it is accepted no longer; `null` until somebody says when. */
  retiresAt: Ms | null;
}

/** A connected provider account with its live secrets, newest first. */
export interface StoredSource {
  id: string;
  provider: string;
  name: string;
  /** Its people are invented. */
  isDemo: boolean;
  emptyGapMs: number;
  graceMs: number;
  noteTakers: string[];
  roomTitles: readonly RoomTitleRule[];
  joinsBots: boolean;
  takesCalendar: boolean;
  untoldSince: Ms | null;
  rebuildStoppedAt: Ms | null;
  createdAt: Ms;
  pausedAt: Ms | null;
  pingedAt: Ms | null;
  deletingSince: Ms | null;
  keepDeliveriesMonths: number | null;
  keepPeopleDays: number | null;
  retained: Retained | null;
  /** The key of the provider's own API that it keeps, still encrypted. */
  sealedApiKey: Buffer | null;
  apiKeyAt: Ms | null;
  /** Where the API is that the key is for; `null` for where its provider has it. */
  apiAddress: string | null;
  secrets: StoredSecret[];
}

export async function addSource(
  orm: Orm,
  {
    id = uuid(),
    isDemo = false,
    ...source
  }: { id?: string; provider: string; name: string; isDemo?: boolean; sealedSecret: Buffer },
): Promise<string> {
  await orm.transaction(async (tx) => {
    await tx.insert(sources).values({
      id,
      provider: source.provider,
      name: source.name,
      isDemo,
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
export async function sourceById(
  orm: Pick<Orm, "select">,
  id: string,
): Promise<StoredSource | null> {
  const rows = await orm
    .select({ source: sources, secret: sourceSecrets })
    .from(sources)
    .leftJoin(sourceSecrets, isLiveSecret)
    .where(eq(sources.id, id))
    .orderBy(desc(sourceSecrets.createdAt));
  return storedOf(rows);
}

/** Notes that the provider of a source asked whether somebody listens, unless a later time is stored. */
export async function notePinged(orm: Orm, id: string, at: Ms): Promise<void> {
  await orm
    .update(sources)
    .set({ pingedAt: at })
    .where(and(eq(sources.id, id), or(isNull(sources.pingedAt), lt(sources.pingedAt, at))));
}

/** The sources that are being deleted, those that wait longest first. */
export async function sourcesToDelete(orm: Orm): Promise<string[]> {
  const rows = await orm
    .select({ id: sources.id })
    .from(sources)
    .where(isNotNull(sources.deletingSince))
    .orderBy(asc(sources.deletingSince));
  return rows.map(({ id }) => id);
}

/** Whether there is any demonstration. */
export async function isDemonstrated(orm: Pick<Orm, "select">): Promise<boolean> {
  const found = await orm
    .select({ id: sources.id })
    .from(sources)
    .where(eq(sources.isDemo, true))
    .limit(1);
  return found.length > 0;
}

/** Every source with its live secrets, oldest source first. */
export async function listSources(orm: Orm): Promise<StoredSource[]> {
  const rows = await orm
    .select({ source: sources, secret: sourceSecrets })
    .from(sources)
    .leftJoin(sourceSecrets, isLiveSecret)
    .orderBy(asc(sources.createdAt), asc(sources.id), desc(sourceSecrets.createdAt));
  const byId = Map.groupBy(rows, ({ source }) => source.id);
  return [...byId.values()].flatMap((own) => storedOf(own) ?? []);
}

/** The sources whose past is to be rebuilt and was not stopped, those that wait longest first. */
export async function sourcesToRebuild(orm: Orm): Promise<{ id: string; since: number }[]> {
  const rows = await orm
    .select({ id: sources.id, since: sources.untoldSince })
    .from(sources)
    .where(
      and(
        isNotNull(sources.untoldSince),
        isNull(sources.rebuildStoppedAt),
        isNull(sources.deletingSince),
      ),
    )
    .orderBy(asc(sources.untoldSince));
  return rows.flatMap(({ id, since }) => (since === null ? [] : [{ id, since }]));
}

/** Marks the past of a source as rebuilt with the settings of that moment, unless they changed again since. */
export async function sourceRebuilt(orm: Orm, id: string, since: number): Promise<void> {
  await orm
    .update(sources)
    .set({ untoldSince: null })
    .where(and(eq(sources.id, id), eq(sources.untoldSince, since)));
}

/** The settings with which events of sources are projected; without their secrets. */
export async function sourcesOf(
  orm: Pick<Orm, "select">,
  ids: readonly string[],
): Promise<
  Pick<
    StoredSource,
    | "id"
    | "provider"
    | "name"
    | "emptyGapMs"
    | "graceMs"
    | "noteTakers"
    | "roomTitles"
    | "joinsBots"
  >[]
> {
  return orm.select().from(sources).where(isOneOf(sources.id, ids));
}

/** What an operator may change of a source. What is absent stays as it is. */
export interface SourceChanges {
  name?: string;
  emptyGapMs?: Ms;
  graceMs?: Ms;
  noteTakers?: string[];
  joinsBots?: boolean;
  takesCalendar?: boolean;
  /** Set to the moment of the change when its past is to be rebuilt. */
  untoldSince?: Ms;
  /** Set when the rebuilding of its past is stopped, `null` for it to go on. */
  rebuildStoppedAt?: Ms | null;
  roomTitles?: readonly RoomTitleRule[];
  sealedApiKey?: Buffer | null;
  apiKeyAt?: Ms | null;
  apiAddress?: string | null;
  keepDeliveriesMonths?: number | null;
  keepPeopleDays?: number | null;
  pausedAt?: Ms | null;
  deletingSince?: Ms;
}

export async function changeSource(orm: Orm, id: string, changes: SourceChanges): Promise<void> {
  const { pausedAt, ...others } = changes;
  if (Object.keys(changes).length === 0) return;
  await orm
    .update(sources)
    .set({
      ...others,
      ...(pausedAt !== undefined && { pausedAt: pausedAt === null ? null : new Date(pausedAt) }),
    })
    .where(eq(sources.id, id));
}

const isLiveSecret = and(
  eq(sourceSecrets.sourceId, sources.id),
  or(isNull(sourceSecrets.retiredAt), sql`${sourceSecrets.retiredAt} > now()`),
);

function storedOf(
  rows: readonly {
    source: typeof sources.$inferSelect;
    secret: typeof sourceSecrets.$inferSelect | null;
  }[],
): StoredSource | null {
  const source = rows[0]?.source;
  if (source === undefined) return null;
  const { createdAt, pausedAt, ...stored } = source;
  const secrets = rows.flatMap(({ secret }) => (secret === null ? [] : [secretOf(secret)]));
  return {
    ...stored,
    createdAt: createdAt.getTime(),
    pausedAt: pausedAt === null ? null : pausedAt.getTime(),
    secrets,
  };
}

function secretOf(row: typeof sourceSecrets.$inferSelect): StoredSecret {
  const { id, sealed, createdAt, lastUsedAt, retiredAt } = row;
  return {
    id,
    sealed,
    createdAt: createdAt.getTime(),
    lastUsedAt: lastUsedAt === null ? null : lastUsedAt.getTime(),
    retiresAt: retiredAt === null ? null : retiredAt.getTime(),
  };
}

/** Those of some ids that no source has, each as it was given. */
export async function unknownSources(orm: Orm, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const own = ids.filter(isUuid).map((id) => id.toLowerCase());
  const rows = await orm.select({ id: sources.id }).from(sources).where(isOneOf(sources.id, own));
  const known = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !known.has(id.toLowerCase()));
}
