import { and, asc, eq, inArray, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { catchUps, sources } from "#db/schema/accounts.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import type { WireSource } from "#domain/event/recorded.ts";
import {
  isWebhookLost,
  WEBHOOK_STATES,
  type WebhookState,
} from "#domain/sources/catching-up/webhook-state.ts";
import type { Ms } from "#domain/time/ms.ts";

/** How a source is caught up with, as it is stored. */
export type StoredCatchUp = typeof catchUps.$inferSelect;

/** A source that keeps a key, and is not paused nor about to go. */
const IS_ASKED = and(
  isNotNull(sources.sealedApiKey),
  isNull(sources.pausedAt),
  isNull(sources.deletingSince),
);

/** Whether any source keeps a key with which its provider is asked. */
export async function isAnyAsked(orm: Pick<Orm, "select">): Promise<boolean> {
  const found = await orm.select({ id: sources.id }).from(sources).where(IS_ASKED).limit(1);
  return found.length > 0;
}

/** The sources whose provider is to be asked now, those that wait longest first. */
export async function dueSources(orm: Pick<Orm, "select">, now: Ms): Promise<string[]> {
  const rows = await orm
    .select({ id: sources.id })
    .from(sources)
    .leftJoin(catchUps, eq(catchUps.sourceId, sources.id))
    .where(and(IS_ASKED, or(isNull(catchUps.nextAt), lte(catchUps.nextAt, now))))
    .orderBy(asc(sql`coalesce(${catchUps.nextAt}, 0)`), asc(sources.id));
  return rows.map(({ id }) => id);
}

/** How a source is caught up with; `null` before the first time. */
export async function catchUpOf(
  reader: Pick<Reader, "select">,
  sourceId: string,
): Promise<StoredCatchUp | null> {
  const [row] = await reader.select().from(catchUps).where(eq(catchUps.sourceId, sourceId));
  return row ?? null;
}

/** Every source that is caught up with, and by which name. */
export async function listCatchUps(
  reader: Pick<Reader, "select">,
): Promise<{ name: string; provider: string; catchUp: StoredCatchUp }[]> {
  return reader
    .select({ name: sources.name, provider: sources.provider, catchUp: catchUps })
    .from(catchUps)
    .innerJoin(sources, eq(sources.id, catchUps.sourceId))
    .where(IS_ASKED)
    .orderBy(asc(sources.createdAt));
}

/** Changes what is stored of a source; what is left out stays. */
export async function noteCatchUp(
  orm: Pick<Orm, "insert">,
  sourceId: string,
  { found, ...changes }: Partial<Omit<StoredCatchUp, "sourceId">>,
): Promise<void> {
  const set = {
    ...changes,
    // Added to what was found before.
    ...(found !== undefined && { found: sql`${catchUps.found} + ${found}` }),
  };
  await orm
    .insert(catchUps)
    .values({ sourceId, nextAt: 0, ...changes, ...(found !== undefined && { found }) })
    .onConflictDoUpdate({ target: catchUps.sourceId, set });
}

/** Has a source asked at once, as after its key was changed, or it goes on; what was found so far is remembered. */
export async function beginCatchingUp(orm: Pick<Orm, "update">, sourceId: string): Promise<void> {
  await orm
    .update(catchUps)
    .set({ begunAt: null, nextAt: 0, failures: 0, problem: null, said: null })
    .where(eq(catchUps.sourceId, sourceId));
}

/** Has the calendars of a source read at once, and whole. */
export async function readWhole(orm: Pick<Orm, "update">, sourceId: string): Promise<void> {
  await orm
    .update(catchUps)
    .set({ calendarAt: null, calendarWholeAt: null, calendarPlace: null, calendarProblem: null })
    .where(eq(catchUps.sourceId, sourceId));
  await beginCatchingUp(orm, sourceId);
}

/** Forgets where its provider's list ended: it is another's now. */
export async function forgetPlace(orm: Pick<Orm, "update">, sourceId: string): Promise<void> {
  await orm.update(catchUps).set({ place: null }).where(eq(catchUps.sourceId, sourceId));
}

/** How the webhook of a source stands now; the moment is that of the last change. */
export async function noteWebhook(
  orm: Pick<Orm, "insert">,
  sourceId: string,
  webhook: WebhookState,
  now: Ms,
): Promise<void> {
  const isSame = sql`${catchUps.webhook} is not distinct from excluded.webhook`;
  await orm
    .insert(catchUps)
    .values({ sourceId, nextAt: 0, webhook, webhookSince: now })
    .onConflictDoUpdate({
      target: catchUps.sourceId,
      set: {
        webhook,
        webhookSince: sql`case when ${isSame} then ${catchUps.webhookSince} else ${now} end`,
      },
    });
}

/** A source whose webhook is not switched on at its provider, or not there any more. */
export interface LostWebhook {
  source: WireSource;
  state: WebhookState;
  since: Ms;
}

/** The webhooks of which nothing comes, though they were made, longest first. */
export async function lostWebhooks(reader: Pick<Reader, "select">): Promise<LostWebhook[]> {
  const rows = await reader
    .select({
      ...{ id: sources.id, name: sources.name, provider: sources.provider },
      ...{ state: catchUps.webhook, since: catchUps.webhookSince },
    })
    .from(catchUps)
    .innerJoin(sources, eq(sources.id, catchUps.sourceId))
    .where(and(IS_ASKED, inArray(catchUps.webhook, WEBHOOK_STATES.filter(isWebhookLost))))
    .orderBy(asc(catchUps.webhookSince));
  return rows.flatMap(({ state, since, ...source }) =>
    state === null || since === null ? [] : [{ source, state, since }],
  );
}
