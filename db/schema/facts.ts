import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { DELIVERIES_A_MONTH } from "#domain/event/delivery.ts";
import type { EventData, Recorded, StoppingEvent } from "#domain/event/recorded.ts";
import { bytes, ms } from "./columns.ts";

/*
 * Deliveries and the events read from them: never changed. Only the recorder writes them, in one transaction,
 * so they carry no foreign keys to be checked row by row.
 */

/** The number of a delivery in its month, in the order of arrival: see `domain/event/delivery.ts`. */
export const deliveryNumbers = pgSequence("delivery_numbers", {
  maxValue: DELIVERIES_A_MONTH - 1,
  cycle: true,
});

/**
 * Every correctly signed delivery as it came, once. Partitioned by `id`, which begins with the month
 * (`db/recording/months.ts`), so that an old month can be dropped. Drizzle cannot state the partitions, the
 * migration does.
 */
export const deliveries = pgTable(
  "deliveries",
  {
    id: bigint({ mode: "number" }).primaryKey(),
    sourceId: uuid().notNull(),
    /** The key of the room it names, if any. */
    room: text(),
    receivedAt: timestamp({ withTimezone: true }).notNull(),
    status: text({ enum: ["recorded", "ignored", "unreadable"] }).notNull(),
    type: text(),
    /** Why it could not be read. */
    reason: text(),
    /** How often it came again. */
    repeats: integer().notNull().default(0),
    /** From when it came until it was on its way to the database; `null` for what came before that was noted. */
    keptMs: integer(),
    /** No webhook brought it: it was found by asking its provider. */
    isReconciled: boolean().notNull().default(false),
    body: bytes().notNull(),
  },
  (table) => [
    // A list is read source by source, so that each is as near as the others, however little it sends.
    index("deliveries_newest_first").on(table.sourceId, table.receivedAt, table.id),
    // And kind by kind (`db/sources/deliveries/kinds.ts`), so that two filters which both fit seldom read nothing else.
    index("deliveries_of_kind").on(
      table.sourceId,
      table.type,
      table.status,
      table.receivedAt,
      table.id,
    ),
    index("deliveries_of_room").on(
      table.sourceId,
      table.room,
      table.type,
      table.status,
      table.receivedAt,
      table.id,
    ),
    index("deliveries_unreadable")
      .on(table.sourceId, table.receivedAt, table.id)
      .where(sql`status = 'unreadable'`),
    index("deliveries_repeated")
      .on(table.sourceId, table.receivedAt, table.id, table.room, table.type)
      .where(sql`repeats > 0`),
    index("deliveries_silent_by_room")
      .on(table.sourceId, table.room, table.receivedAt, table.id)
      .where(sql`status <> 'recorded'`),
  ],
);

/**
 * The keys by which a repeated delivery is recognised. They outlive the deliveries, so that a repeat of a
 * dropped one is recognised too.
 */
export const deliveryKeys = pgTable(
  "delivery_keys",
  {
    sourceId: uuid().notNull(),
    deliveryId: bigint({ mode: "number" }).notNull(),
    /** Digest of the provider's name for the delivery. A second delivery with the same is a repeat. */
    key: uuid().notNull(),
    /** Digest of what happened, however often and by however many subscriptions it is reported. */
    occurrence: uuid().notNull(),
  },
  (table) => [
    primaryKey({ name: "delivery_keys_by_id", columns: [table.sourceId, table.deliveryId] }),
    uniqueIndex("delivery_keys_by_key").on(table.sourceId, table.key),
    uniqueIndex("delivery_keys_by_occurrence").on(table.sourceId, table.occurrence),
  ],
);

/**
 * Stored deliveries that are not projected yet. The process that projects a delivery deletes its row in the
 * same transaction and under the lock of its room, so that no delivery is projected twice.
 */
export const unprojected = pgTable("unprojected", {
  deliveryId: bigint({ mode: "number" }).primaryKey(),
  sourceId: uuid().notNull(),
  /** The key of the room it names. */
  room: text().notNull(),
  /** The event that keeps it from being projected; `null` for what only waits for its turn. */
  stoppedBy: jsonb().$type<StoppingEvent>(),
});

/**
 * When a delivery was projected: written by the statement that takes it out of `unprojected`. Kept for the month of the
 * delivery and the one after it (`server/runtime/jobs/trimming-deliveries.ts`).
 */
export const projections = pgTable("projections", {
  deliveryId: bigint({ mode: "number" }).primaryKey(),
  at: ms().notNull(),
});

/**
 * Events, in the order they were recorded in their meeting. Append-only by a trigger: only where an event is
 * filed (meeting, seq, person) may change, when meetings merge or part.
 */
export const events = pgTable(
  "events",
  {
    meetingId: uuid().notNull(),
    seq: integer().notNull(),
    type: text().$type<Recorded["type"]>().notNull(),
    at: ms().notNull(),
    participantId: text(),
    personId: text(),
    data: jsonb().$type<EventData>().notNull(),
    /** A number without a foreign key: a delivery may be dropped long before the events read from it. */
    deliveryId: bigint({ mode: "number" }),
  },
  (table) => [
    primaryKey({ name: "events_by_seq", columns: [table.meetingId, table.seq] }),
    index("events_by_participant").on(table.meetingId, table.participantId),
    index("events_by_delivery").on(table.deliveryId).where(sql`delivery_id is not null`),
  ],
);
