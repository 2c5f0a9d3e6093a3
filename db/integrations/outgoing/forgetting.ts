import { and, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { outgoingMessages, toldMeetings } from "#db/schema/outgoing.ts";
import { list } from "#db/sql/array.ts";
import { isOneOf } from "#db/sql/batch.ts";

/* What was told of somebody who is erased, or of what is removed: what was sent already is at its receivers. */

/** No body is sent or shown any more, and what waits is given up. */
const FORGOTTEN = {
  body: null,
  state: sql`case when ${outgoingMessages.state} = 'pending' then 'failed' else ${outgoingMessages.state} end`,
};

/** Takes the bodies away of what was told of some meetings; that they were told stays. */
export async function forgetMessagesOf(
  tx: Pick<Transaction, "update">,
  meetingIds: readonly string[],
): Promise<void> {
  await tx
    .update(outgoingMessages)
    .set(FORGOTTEN)
    .where(isOneOf(outgoingMessages.meetingId, meetingIds));
}

/** The same of what was told of no meeting and has one of these texts in it, as of a roster. */
export async function forgetMessagesSaying(
  tx: Pick<Transaction, "update">,
  texts: readonly string[],
): Promise<void> {
  // In JSON a text stands as it is written there.
  const needles = list(
    "text",
    texts.map((text) => JSON.stringify(text)),
  );
  await tx
    .update(outgoingMessages)
    .set(FORGOTTEN)
    .where(
      and(
        isNull(outgoingMessages.meetingId),
        sql`exists (select from unnest(${needles}) as needle where position(needle in ${outgoingMessages.body}) > 0)`,
      ),
    );
}

/** Deletes what was told of meetings that are removed, and up to where. */
export async function dropToldOf(
  tx: Pick<Transaction, "delete">,
  meetingIds: readonly string[],
): Promise<void> {
  await tx.delete(outgoingMessages).where(isOneOf(outgoingMessages.meetingId, meetingIds));
  await tx.delete(toldMeetings).where(isOneOf(toldMeetings.meetingId, meetingIds));
}
