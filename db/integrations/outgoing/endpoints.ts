import { and, asc, eq, getTableColumns, gt, isNull, or, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { callFunction } from "#db/connection/call.ts";
import {
  endpointSecrets,
  outgoingMessages,
  toldMeetings,
  webhookEndpoints,
} from "#db/schema/outgoing.ts";
import { meetings } from "#db/schema/projected.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { PauseReason, Signing, Trigger } from "#domain/integrations/outgoing/endpoint.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

/** An address that is sent webhooks. Its secrets are encrypted, newest first. */
export interface StoredEndpoint extends Row {
  secrets: { sealed: Buffer; addedAt: Ms; retiredAt: Ms | null }[];
}

type Row = typeof webhookEndpoints.$inferSelect;

/** Held while an endpoint is added. */
const ADDING_LOCK = 0x41444557;

export interface NewEndpoint {
  url: string;
  triggers: Trigger[];
  signing: Signing;
  sources: string[] | null;
  rooms: string[] | null;
  by: string;
  sealed: Buffer;
}

/** Adds an endpoint, which is told of what happens from now on. Returns its id. */
export async function addEndpoint(
  orm: Orm,
  { sealed, ...given }: NewEndpoint,
  now: Ms,
): Promise<string> {
  const id = uuid();
  await orm.transaction(async (tx) => {
    await callFunction(tx, sql`pg_advisory_xact_lock(${ADDING_LOCK})`);
    const others = await tx.select({ id: webhookEndpoints.id }).from(webhookEndpoints).limit(1);
    // As long as nobody is told anything, no cursor moves.
    if (others.length === 0) await beginTelling(tx);
    await tx.insert(webhookEndpoints).values({ id, ...given, addedAt: now });
    await tx.insert(endpointSecrets).values({ id: uuid(), endpointId: id, sealed, addedAt: now });
  });
  return id;
}

/** What is there now was told: to nobody, who asked for none of it. */
async function beginTelling(tx: Pick<Orm, "delete" | "insert">): Promise<void> {
  await tx.delete(toldMeetings);
  const { id, seq, startedAt, endedAt, mergedInto } = meetings;
  await tx.insert(toldMeetings).select(
    parts
      .select({
        ...{ meetingId: id, seq, startedAt, endedAt, mergedInto },
        attendanceDueAt: sql<null>`null::bigint`.as("attendance_due_at"),
        attendanceTold: sql<null>`null::uuid`.as("attendance_told"),
      })
      .from(meetings),
  );
}

/** Every endpoint, oldest first. */
export async function listEndpoints(
  orm: Pick<Orm, "select">,
  now: Ms,
  id: string | null = null,
): Promise<StoredEndpoint[]> {
  const isLive = or(isNull(endpointSecrets.retiredAt), gt(endpointSecrets.retiredAt, now));
  const rows = await orm
    .select({ endpoint: getTableColumns(webhookEndpoints), secret: endpointSecrets })
    .from(webhookEndpoints)
    .leftJoin(endpointSecrets, and(eq(endpointSecrets.endpointId, webhookEndpoints.id), isLive))
    .where(id === null ? undefined : eq(webhookEndpoints.id, id))
    .orderBy(asc(webhookEndpoints.addedAt), asc(webhookEndpoints.id));
  const byId = Map.groupBy(rows, ({ endpoint }) => endpoint.id);
  return [...byId.values()].flatMap((own) => {
    const endpoint = own[0]?.endpoint;
    const secrets = own
      .flatMap(({ secret }) => secret ?? [])
      .toSorted((a, b) => b.addedAt - a.addedAt);
    return endpoint === undefined ? [] : [{ ...endpoint, secrets }];
  });
}

/** One endpoint by its id; `null` where there is none. */
export async function endpointById(
  orm: Pick<Orm, "select">,
  id: string,
  now: Ms,
): Promise<StoredEndpoint | null> {
  const [found] = isUuid(id) ? await listEndpoints(orm, now, id) : [];
  return found ?? null;
}

/** Whether there is anybody to be told anything. */
export async function isAnybodyTold(orm: Pick<Orm, "select">): Promise<boolean> {
  const found = await orm.select({ id: webhookEndpoints.id }).from(webhookEndpoints).limit(1);
  return found.length > 0;
}

export type EndpointChanges = Partial<Omit<Row, "id" | "by" | "addedAt">>;

export async function changeEndpoint(
  orm: Pick<Orm, "update">,
  id: string,
  changes: EndpointChanges,
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await orm.update(webhookEndpoints).set(changes).where(eq(webhookEndpoints.id, id));
}

/** Pauses an endpoint that is not paused. Returns whether this did it. */
export async function pauseEndpoint(
  orm: Pick<Orm, "update">,
  id: string,
  pausedFor: PauseReason,
  pausedAt: Ms,
): Promise<boolean> {
  const rows = await orm
    .update(webhookEndpoints)
    .set({ pausedAt, pausedFor })
    .where(and(eq(webhookEndpoints.id, id), isNull(webhookEndpoints.pausedAt)))
    .returning({ id: webhookEndpoints.id });
  return rows.length > 0;
}

/** Removes an endpoint with everything that was to be sent to it, and what came of it. */
export async function removeEndpoint(orm: Pick<Orm, "delete">, id: string): Promise<void> {
  // First its messages: whoever notes what came of one holds that, and then wants the endpoint.
  await orm.delete(outgoingMessages).where(eq(outgoingMessages.endpointId, id));
  await orm.delete(webhookEndpoints).where(eq(webhookEndpoints.id, id));
}

/** Adds a secret; what was there before is used until `until`. */
export async function rotateEndpointSecret(
  orm: Orm,
  endpointId: string,
  sealed: Buffer,
  { now, until }: { now: Ms; until: Ms },
): Promise<void> {
  await orm.transaction(async (tx) => {
    const isLive = or(isNull(endpointSecrets.retiredAt), gt(endpointSecrets.retiredAt, until));
    await tx
      .update(endpointSecrets)
      .set({ retiredAt: until })
      .where(and(eq(endpointSecrets.endpointId, endpointId), isLive));
    await tx.insert(endpointSecrets).values({ id: uuid(), endpointId, sealed, addedAt: now });
  });
}
