import { and, eq, exists, gte, isNull, lt, notExists, or, sql } from "drizzle-orm";
import { alias, union } from "drizzle-orm/pg-core";
import { eraseFromEntries } from "#db/access/audit.ts";
import type { Transaction } from "#db/connection/session.ts";
import {
  classListEntries,
  classLists,
  repetitions,
  roomClassLists,
  rosterAliases,
} from "#db/schema/class-lists.ts";
import { expectedPeople, scheduledMeetings } from "#db/schema/operators.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { deleteLike, insertNew, isOneOf, unnested } from "#db/sql/batch.ts";
import type { Ms } from "#domain/time/ms.ts";

type Room = { sourceId: string; key: string; at: Ms };

/** The fields of an erased person on a roster. */
const ERASED_PERSON = { name: null, nameKey: null, words: null, userId: null, email: null };

/**
 * Erases the names in every roster of locked rooms; the number of people expected stays. A class list is
 * erased too where nothing else uses it; one that other rooms use stays for them, and is detached from these.
 */
export async function eraseRosters(tx: Transaction, erased: readonly Room[]): Promise<void> {
  const { sourceId, key, erasedAt: at } = rooms;
  const given = unnested("n", { sourceId, key, at }, erased);
  // Those that were held at its place, too, where a meeting of the room was in their time.
  const { startsAt, endsAt } = scheduledMeetings;
  const heldThere = tx
    .select({ id: rooms.id })
    .from(rooms)
    .innerJoin(meetings, eq(meetings.roomId, sql`coalesce(${rooms.joinedTo}, ${rooms.id})`))
    .where(
      and(
        eq(rooms.sourceId, given.of.sourceId),
        eq(rooms.key, given.of.key),
        eq(rooms.place, scheduledMeetings.room),
        lt(meetings.firstAt, endsAt),
        gte(sql`coalesce(${meetings.endedAt}, ${meetings.tipAt})`, startsAt),
      ),
    );
  const isScheduled = and(
    eq(scheduledMeetings.sourceId, given.of.sourceId),
    or(eq(scheduledMeetings.room, given.of.key), exists(heldThere)),
  );
  const isRepeated = and(
    eq(repetitions.sourceId, given.of.sourceId),
    eq(repetitions.room, given.of.key),
  );
  const isOfList = eq(classListEntries.listId, scheduledMeetings.classListId);
  const positions = await tx
    .select({
      ...{ scheduledId: scheduledMeetings.id, position: classListEntries.position },
      role: classListEntries.role,
    })
    .from(given.from)
    .innerJoin(scheduledMeetings, isScheduled)
    .innerJoin(classListEntries, isOfList)
    .where(isNull(scheduledMeetings.withdrawnAt));
  await insertNew(tx, expectedPeople, positions);
  const attached = await tx
    .delete(roomClassLists)
    .where(isOfErased(tx, erased))
    .returning({ id: roomClassLists.listId });
  const expected = await union(
    tx
      .select({ id: scheduledMeetings.classListId })
      .from(given.from)
      .innerJoin(scheduledMeetings, isScheduled),
    tx.select({ id: repetitions.classListId }).from(given.from).innerJoin(repetitions, isRepeated),
  );
  const gone = await tx
    .update(scheduledMeetings)
    .set({ title: null, words: null, classListId: null, erasedAt: given.of.at })
    .from(given.from)
    .where(isScheduled)
    .returning({ id: scheduledMeetings.id });
  const ids = gone.map(({ id }) => id);
  await tx.delete(rosterAliases).where(isOneOf(rosterAliases.rosterId, ids));
  await tx
    .update(expectedPeople)
    .set(ERASED_PERSON)
    .where(isOneOf(expectedPeople.scheduledId, ids));
  await tx
    .update(repetitions)
    .set({ title: null, classListId: null, nextDay: null })
    .from(given.from)
    .where(isRepeated);
  await deleteLike(
    tx,
    rosterAliases,
    erased.map((room) => ({ sourceId: room.sourceId, room: room.key })),
  );
  const used = [...attached, ...expected].flatMap(({ id }) => id ?? []);
  const [room] = erased;
  const emptied =
    room !== undefined && used.length > 0 ? await eraseUnused(tx, [...new Set(used)], room.at) : [];
  await eraseFromEntries(tx, [
    { kind: "scheduled_meeting", ids },
    { kind: "class_list", ids: emptied },
  ]);
}

/**
 * Erases the names of those who were expected at scheduled meetings; how many were expected stays, and so does a class
 * list that they were on.
 */
export async function eraseScheduled(
  tx: Transaction,
  ids: readonly string[],
  at: Ms,
): Promise<void> {
  if (ids.length === 0) return;
  const positions = await tx
    .select({
      ...{ scheduledId: scheduledMeetings.id, position: classListEntries.position },
      role: classListEntries.role,
    })
    .from(scheduledMeetings)
    .innerJoin(classListEntries, eq(classListEntries.listId, scheduledMeetings.classListId))
    .where(isOneOf(scheduledMeetings.id, ids));
  await insertNew(tx, expectedPeople, positions);
  await tx
    .update(scheduledMeetings)
    .set({ classListId: null, erasedAt: at })
    .where(isOneOf(scheduledMeetings.id, ids));
  await tx.delete(rosterAliases).where(isOneOf(rosterAliases.rosterId, ids));
  await tx
    .update(expectedPeople)
    .set(ERASED_PERSON)
    .where(isOneOf(expectedPeople.scheduledId, ids));
}

/** Whether a class list of a series belongs to erased rooms, or to a title that no other room has. */
function isOfErased(tx: Transaction, erased: readonly Room[]) {
  const { sourceId, key } = rooms;
  const given = unnested("n", { sourceId, key }, erased);
  const other = alias(rooms, "other");
  const keys = erased.map((room) => room.key);
  const others = tx
    .select({ id: other.id })
    .from(other)
    .where(
      and(
        eq(other.sourceId, sourceId),
        eq(other.title, rooms.title),
        isNull(other.erasedAt),
        sql`not ${isOneOf(other.key, keys)}`,
      ),
    );
  const titled = tx
    .select({ id: rooms.id })
    .from(rooms)
    .where(
      and(
        eq(sourceId, given.of.sourceId),
        eq(key, given.of.key),
        sql`${roomClassLists.series} = 'title:' || ${rooms.title}`,
        notExists(others),
      ),
    );
  const isItsOwn = sql`${roomClassLists.series} = 'room:' || ${given.of.key}`;
  return exists(
    tx
      .select({ key: given.of.key })
      .from(given.from)
      .where(and(eq(roomClassLists.sourceId, given.of.sourceId), or(isItsOwn, exists(titled)))),
  );
}

/** Erases the names of those class lists that nothing uses any more. Answers which. */
async function eraseUnused(tx: Transaction, listIds: readonly string[], at: Ms): Promise<string[]> {
  const { id } = classLists;
  const unused = await tx
    .update(classLists)
    .set({ name: null, nameKey: "", erasedAt: at })
    .where(
      and(
        isOneOf(id, listIds),
        notExists(
          tx
            .select({ id: roomClassLists.listId })
            .from(roomClassLists)
            .where(eq(roomClassLists.listId, id)),
        ),
        notExists(
          tx
            .select({ id: scheduledMeetings.id })
            .from(scheduledMeetings)
            .where(eq(scheduledMeetings.classListId, id)),
        ),
        notExists(
          tx
            .select({ id: repetitions.id })
            .from(repetitions)
            .where(eq(repetitions.classListId, id)),
        ),
      ),
    )
    .returning({ id });
  const ids = unused.map((list) => list.id);
  await tx.delete(rosterAliases).where(isOneOf(rosterAliases.rosterId, ids));
  await tx.update(classListEntries).set(ERASED_PERSON).where(isOneOf(classListEntries.listId, ids));
  return ids;
}
