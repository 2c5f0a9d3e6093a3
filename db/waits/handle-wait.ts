import { and, asc, eq, exists, or, type SQL } from "drizzle-orm";
import { notifyChanged } from "#db/connection/bus.ts";
import type { RecordingClient } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { sources } from "#db/schema/accounts.ts";
import { waitHandlings } from "#db/schema/operators.ts";
import { meetings, rooms, waits } from "#db/schema/projected.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  type Claim,
  type DeskActor,
  type DeskDeed,
  type Handling,
  handled,
  NO_CLAIM,
  NO_HANDLING,
} from "#domain/waits/handling.ts";
import { isOfWait } from "./handling.ts";
import { idOfWait } from "./wait-id.ts";
import { WAIT, waitOf } from "./waits.ts";

/** A wait that something is done about. */
export type WaitToHandle = NonNullable<Awaited<ReturnType<typeof waitWhere>>>;

async function waitWhere(reader: Reader, condition: SQL | undefined) {
  const [row] = await reader
    .select({ ...WAIT, seq: meetings.seq })
    .from(waits)
    .innerJoin(rooms, eq(rooms.id, waits.roomId))
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .innerJoin(meetings, eq(meetings.id, waits.meetingId))
    .where(condition)
    .limit(1);
  return row === undefined ? null : waitOf(row);
}

/**
 * The wait with an id; also where that is of one that turned out to be a part of another, and something was entered of
 * it before. `null` for anything else.
 */
export async function waitById(reader: Reader, id: string): Promise<WaitToHandle | null> {
  const wait = await waitWhere(reader, eq(waits.id, id));
  if (wait !== null) return wait;
  const ofPart = parts
    .select({ roomId: waitHandlings.roomId })
    .from(waitHandlings)
    .where(and(eq(idOfWait(waitHandlings), id), isOfWait()));
  const rooms = parts
    .select({ roomId: waitHandlings.roomId })
    .from(waitHandlings)
    .where(eq(idOfWait(waitHandlings), id));
  return waitWhere(reader, and(eq(waits.roomId, rooms), exists(ofPart)));
}

/** Somebody else looks after the wait. */
export class AlreadyClaimed extends Error {
  override name = "AlreadyClaimed";
  readonly claim: Claim;
  constructor(claim: Claim) {
    super(`${claim.name} looks after this wait.`);
    this.claim = claim;
  }
}

/**
 * Does something about a wait, and notifies the bus. Whoever does something about the same wait at the same time, in
 * whichever process, does it before or after. Answers all that is entered of it then. Throws `AlreadyClaimed`.
 */
export async function handleWait(
  { transaction }: Pick<RecordingClient, "transaction">,
  wait: WaitToHandle,
  deed: DeskDeed,
  by: DeskActor,
  now: Ms,
): Promise<Handling[]> {
  const { roomId, startedAt, participantId } = wait;
  const key = { roomId, startedAt, participantId };
  return transaction(async (tx) => {
    await tx.insert(waitHandlings).values(key).onConflictDoNothing();
    const stored = await lockHandlings(tx, wait);
    const isOwn = (one: (typeof stored)[number]) =>
      one.startedAt === startedAt && one.participantId === participantId;
    const own = stored.find(isOwn) ?? NO_HANDLING;
    const others = stored.filter((one) => !isOwn(one));
    const result = handled(deed, { own, others, wait }, by, now);
    if (!result.ok) throw new AlreadyClaimed(result.heldBy);
    const isTheirs = result.others === "lose their claims";
    if (isTheirs && others.length > 0)
      await tx.update(waitHandlings).set(NO_CLAIM).where(ofWait(wait));
    const entered = { ...NO_HANDLING, ...result.own };
    await tx.update(waitHandlings).set(entered).where(isKey(key));
    const { meetingId: id, seq } = wait;
    await notifyChanged(tx, { meetings: [{ id, seq }], appended: [], refiled: [], merged: [] });
    return [entered, ...others.map((one) => (isTheirs ? { ...one, ...NO_CLAIM } : one))];
  });
}

type Key = Pick<typeof waitHandlings.$inferSelect, "roomId" | "startedAt" | "participantId">;

function isKey({ roomId, startedAt, participantId }: Key): SQL | undefined {
  return and(
    eq(waitHandlings.roomId, roomId),
    eq(waitHandlings.startedAt, startedAt),
    eq(waitHandlings.participantId, participantId),
  );
}

/** What was entered of a wait, or of a part of it. */
function ofWait(wait: WaitToHandle): SQL | undefined {
  const { meetingId, roomId, startedAt, participantId } = wait;
  const ofIt = parts
    .select({ roomId: waits.roomId })
    .from(waits)
    .where(
      and(
        eq(waits.meetingId, meetingId),
        eq(waits.participantId, participantId),
        eq(waits.startedAt, startedAt),
        isOfWait(),
      ),
    );
  return and(eq(waitHandlings.roomId, roomId), or(isKey(wait), exists(ofIt)));
}

/** Always in one order, so that two who do something at once never wait for each other. */
async function lockHandlings(tx: Transaction, wait: WaitToHandle) {
  return tx
    .select()
    .from(waitHandlings)
    .where(ofWait(wait))
    .orderBy(asc(waitHandlings.startedAt), asc(waitHandlings.participantId))
    .for("update");
}
