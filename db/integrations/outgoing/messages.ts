import { and, asc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { outgoingMessages, sendAttempts, webhookEndpoints } from "#db/schema/outgoing.ts";
import { insertNew, isOneOf, unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import { TEST } from "#domain/integrations/outgoing/endpoint.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What one endpoint is told. */
export type StoredMessage = typeof outgoingMessages.$inferSelect;
export type NewMessage = Omit<typeof outgoingMessages.$inferInsert, "number">;

/** Which of these messages are there already. */
export async function toldAlready(reader: Reader, ids: readonly string[]): Promise<Set<string>> {
  const { id } = outgoingMessages;
  const rows = await reader.select({ id }).from(outgoingMessages).where(isOneOf(id, ids));
  return new Set(rows.map((row) => row.id));
}

/** The latest messages of any of these digests, by endpoint and digest. */
export async function toldLast(
  reader: Reader,
  endpointIds: readonly string[],
  about: readonly string[],
): Promise<Map<string, string>> {
  const rows = await reader
    .select({
      id: outgoingMessages.id,
      endpointId: outgoingMessages.endpointId,
      about: outgoingMessages.about,
    })
    .from(outgoingMessages)
    .where(
      and(
        isOneOf(outgoingMessages.endpointId, endpointIds),
        isOneOf(outgoingMessages.about, about),
      ),
    )
    .orderBy(asc(outgoingMessages.number));
  return new Map(rows.map((row) => [`${row.endpointId} ${row.about}`, row.id]));
}

/** Adds messages in their order; what is there already stays as it is. */
export async function addMessages(orm: Orm, rows: readonly NewMessage[]): Promise<void> {
  await insertNew(orm, outgoingMessages, rows);
}

/** Files what was told of meetings that were merged under those that they became part of. */
export async function refileMessages(
  orm: Pick<Orm, "update">,
  merged: readonly { from: string; into: string }[],
): Promise<void> {
  if (merged.length === 0) return;
  const { meetingId } = outgoingMessages;
  const given = unnested(
    "n",
    { from: meetingId, into: meetingId },
    merged.map(({ from, into }) => ({ from, into })),
  );
  await orm
    .update(outgoingMessages)
    .set({ meetingId: given.of.into })
    .from(given.from)
    .where(eq(meetingId, given.of.from));
}

/**
 * The messages that may be sent to an endpoint, oldest first: of each meeting the first that was not taken, so that its
 * order is kept, also while it is tried again; of what is in no meeting every one.
 */
function heads(endpointId: string): SQL {
  const { meetingId, number, nextAt, state } = outgoingMessages;
  const ofMeetings = parts
    .selectDistinctOn([meetingId], { number, nextAt, meetingId })
    .from(outgoingMessages)
    .where(
      and(
        eq(outgoingMessages.endpointId, endpointId),
        eq(state, "pending").inlineParams(),
        sql`${meetingId} is not null`,
      ),
    )
    .orderBy(meetingId, number);
  const alone = parts
    .select({ number, nextAt, meetingId })
    .from(outgoingMessages)
    .where(
      and(
        eq(outgoingMessages.endpointId, endpointId),
        eq(state, "pending").inlineParams(),
        isNull(meetingId),
      ),
    );
  return sql`((${ofMeetings}) union all (${alone})) h`;
}

const HEAD = {
  number: sql<number>`h.number`.mapWith(Number),
  nextAt: sql<Ms>`h.next_at`.mapWith(Number),
  meetingId: sql<string | null>`h.meeting_id`,
};

/** What is next in each meeting, soonest first: which message, and when it may be sent. */
export async function nextMessages(
  reader: Reader,
  endpointId: string,
  limit: number,
): Promise<{ number: number; nextAt: Ms; meetingId: string | null }[]> {
  return reader
    .select(HEAD)
    .from(heads(endpointId))
    .orderBy(sql`h.next_at`, sql`h.number`)
    .limit(limit);
}

/** A message by its number; `null` where it is gone, or was sent meanwhile. */
export async function pendingMessage(
  reader: Pick<Orm, "select">,
  number: number,
): Promise<StoredMessage | null> {
  const [row] = await reader
    .select()
    .from(outgoingMessages)
    .where(and(eq(outgoingMessages.number, number), eq(outgoingMessages.state, "pending")));
  return row ?? null;
}

/** What came of one attempt. */
export interface AttemptMade {
  at: Ms;
  tookMs: number;
  status: number | null;
  failure: string | null;
  excerpt: string | null;
}

/** What is true of a message after an attempt. */
export interface AfterAttempt {
  state: "pending" | "taken" | "failed";
  nextAt: Ms;
}

/** Notes an attempt and what follows from it, in one transaction. Returns the attempt's id. */
export async function noteAttempt(
  orm: Pick<Orm, "transaction">,
  { number, endpointId, trigger }: Pick<StoredMessage, "number" | "endpointId" | "trigger">,
  made: AttemptMade,
  { state, nextAt }: AfterAttempt,
): Promise<string> {
  const id = uuid();
  const end = made.at + made.tookMs;
  await orm.transaction(async (tx) => {
    const rows = await tx
      .update(outgoingMessages)
      .set({
        ...{ state, nextAt },
        attempts: sql`${outgoingMessages.attempts} + 1`,
        firstTriedAt: sql`coalesce(${outgoingMessages.firstTriedAt}, ${made.at}::bigint)`,
      })
      .where(eq(outgoingMessages.number, number))
      .returning({ number: outgoingMessages.number });
    // It was removed with its endpoint while it was sent.
    if (rows.length === 0) return;
    await tx.insert(sendAttempts).values({ id, endpointId, message: number, ...made });
    // That it did not take a test says nothing of how long it has been failing.
    if (state !== "taken" && trigger === TEST) return;
    await tx
      .update(webhookEndpoints)
      .set(
        state === "taken"
          ? { failingSince: null, lastTakenAt: end }
          : { failingSince: sql`coalesce(${webhookEndpoints.failingSince}, ${made.at}::bigint)` },
      )
      .where(eq(webhookEndpoints.id, endpointId));
  });
  return id;
}

/** A message with a number, before anything was tried: a test. */
export async function addAlone(
  orm: Pick<Orm, "insert">,
  row: NewMessage,
): Promise<StoredMessage | null> {
  const [added] = await orm.insert(outgoingMessages).values(row).returning();
  return added ?? null;
}

/** Deletes messages that are older than that, with their attempts. Answers how many. */
export async function trimMessages(
  orm: Pick<Orm, "select" | "delete">,
  before: Ms,
  limit: number,
): Promise<number> {
  const { number, madeAt } = outgoingMessages;
  const old = await orm
    .select({ number })
    .from(outgoingMessages)
    .where(lt(madeAt, before))
    .limit(limit);
  const numbers = old.map((row) => row.number);
  if (numbers.length > 0) await orm.delete(outgoingMessages).where(isOneOf(number, numbers));
  return numbers.length;
}

/** How many messages wait for each endpoint, and when the first of them was made. */
export async function waitingMessages(
  reader: Reader,
): Promise<Map<string, { waiting: number; since: Ms }>> {
  const rows = await reader
    .select({
      endpointId: outgoingMessages.endpointId,
      waiting: sql`count(*)`.mapWith(Number),
      since: sql`min(${outgoingMessages.madeAt})`.mapWith(Number),
    })
    .from(outgoingMessages)
    .where(eq(outgoingMessages.state, "pending").inlineParams())
    .groupBy(outgoingMessages.endpointId);
  return new Map(rows.map(({ endpointId, ...row }) => [endpointId, row]));
}
