import { and, asc, desc, eq, gte, lt, ne, type SQL, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { outgoingMessages, resends, sendAttempts } from "#db/schema/outgoing.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import { TEST } from "#domain/integrations/outgoing/endpoint.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

/** An attempt with the message that was sent. */
export type AttemptRow = Awaited<ReturnType<typeof listAttempts>>[number];

/** The attempts of an endpoint, newest first (with a `previous` cursor: those after it, nearest first). */
export function listAttempts(
  reader: Reader,
  { endpointId, failed }: { endpointId: string; failed: boolean },
  cursor: ListCursor<{ at: Ms; id: string }> | null,
  limit: number,
) {
  const back = cursor?.direction === "previous";
  const key = cursor && sql`(${cursor.key.at}::bigint, ${cursor.key.id}::uuid)`;
  const row = sql`(${sendAttempts.at}, ${sendAttempts.id})`;
  const direction = back ? asc : desc;
  const beyond: SQL | undefined =
    key === null ? undefined : back ? sql`${row} > ${key}` : sql`${row} < ${key}`;
  return reader
    .select({
      id: sendAttempts.id,
      at: sendAttempts.at,
      tookMs: sendAttempts.tookMs,
      status: sendAttempts.status,
      failure: sendAttempts.failure,
      excerpt: sendAttempts.excerpt,
      message: {
        id: outgoingMessages.id,
        trigger: outgoingMessages.trigger,
        meetingId: outgoingMessages.meetingId,
        corrects: outgoingMessages.corrects,
        body: outgoingMessages.body,
        madeAt: outgoingMessages.madeAt,
        state: outgoingMessages.state,
        attempts: outgoingMessages.attempts,
        nextAt: outgoingMessages.nextAt,
      },
    })
    .from(sendAttempts)
    .innerJoin(outgoingMessages, eq(outgoingMessages.number, sendAttempts.message))
    .where(
      and(
        eq(sendAttempts.endpointId, endpointId),
        failed
          ? sql`(${sendAttempts.status} is null or ${sendAttempts.status} not between 200 and 299)`
          : undefined,
        beyond,
      ),
    )
    .orderBy(direction(sendAttempts.at), direction(sendAttempts.id))
    .limit(limit);
}

/** Messages that are sent again by hand, and how many of them are done. */
export interface ResendJob {
  id: string;
  endpointId: string;
  at: Ms;
  total: number;
  waiting: number;
  failed: number;
  cancelledAt: Ms | null;
}

/** Which messages are sent again: those of an attempt, or made in `[from, to)`. */
export type Resent = { attempt: string } | { from: Ms; to: Ms; only: "failed" | "all" };

/**
 * Has messages sent again, in their order, under the names they had; what waits to be sent is left to wait. Returns the
 * job, which has none where nothing fits.
 */
export async function resend(
  orm: Orm,
  endpointId: string,
  which: Resent,
  now: Ms,
): Promise<ResendJob> {
  const id = uuid();
  const total = await orm.transaction(async (tx) => {
    await tx.insert(resends).values({ id, endpointId, at: now, total: 0 });
    const rows = await tx
      .update(outgoingMessages)
      .set({ state: "pending", attempts: 0, firstTriedAt: null, nextAt: now, resendId: id })
      .where(
        and(
          eq(outgoingMessages.endpointId, endpointId),
          sql`${outgoingMessages.body} is not null`,
          ne(outgoingMessages.state, "pending"),
          fitting(which),
        ),
      )
      .returning({ number: outgoingMessages.number });
    await tx.update(resends).set({ total: rows.length }).where(eq(resends.id, id));
    return rows.length;
  });
  return { id, endpointId, at: now, total, waiting: total, failed: 0, cancelledAt: null };
}

function fitting(which: Resent): SQL | undefined {
  const { number, madeAt, state, trigger } = outgoingMessages;
  if ("attempt" in which) {
    return sql`${number} = (select ${sendAttempts.message} from ${sendAttempts}
      where ${sendAttempts.id} = ${which.attempt}::uuid)`;
  }
  return and(
    gte(madeAt, which.from),
    lt(madeAt, which.to),
    ne(trigger, TEST),
    which.only === "failed" ? eq(state, "failed") : undefined,
  );
}

/** Whether an endpoint has such an attempt. */
export async function hasAttempt(reader: Reader, endpointId: string, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const found = await reader
    .select({ id: sendAttempts.id })
    .from(sendAttempts)
    .where(and(eq(sendAttempts.id, id), eq(sendAttempts.endpointId, endpointId)));
  return found.length > 0;
}

/** A job, with how far it is; `null` where the endpoint has none such. `latest` is the one begun last. */
export async function resendJob(
  reader: Reader,
  endpointId: string,
  id: string | "latest",
): Promise<ResendJob | null> {
  if (id !== "latest" && !isUuid(id)) return null;
  const countOf = (state: "pending" | "failed") =>
    sql`(select count(*) from ${outgoingMessages}
      where ${outgoingMessages.resendId} = ${resends.id} and ${outgoingMessages.state} = ${state})`.mapWith(
      Number,
    );
  const [row] = await reader
    .select({
      id: resends.id,
      endpointId: resends.endpointId,
      at: resends.at,
      total: resends.total,
      waiting: countOf("pending"),
      failed: countOf("failed"),
      cancelledAt: resends.cancelledAt,
    })
    .from(resends)
    .where(
      and(eq(resends.endpointId, endpointId), id === "latest" ? undefined : eq(resends.id, id)),
    )
    .orderBy(desc(resends.at), desc(resends.id))
    .limit(1);
  return row ?? null;
}

/** Stops a job: what it has not sent yet is given up. */
export async function cancelResend(orm: Orm, id: string, now: Ms): Promise<void> {
  await orm.transaction(async (tx) => {
    await tx.update(resends).set({ cancelledAt: now }).where(eq(resends.id, id));
    await tx
      .update(outgoingMessages)
      .set({ state: "failed" })
      .where(and(eq(outgoingMessages.resendId, id), eq(outgoingMessages.state, "pending")));
  });
}
