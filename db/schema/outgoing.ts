import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { PauseReason, Signing, Trigger } from "#domain/integrations/outgoing/endpoint.ts";
import { bytes, ms } from "./columns.ts";

/* What other systems are told: to which addresses, what, and what came of it. */

/** An address of somebody else's that is sent webhooks. */
export const webhookEndpoints = pgTable("webhook_endpoints", {
  id: uuid().primaryKey(),
  url: text().notNull(),
  triggers: text().array().$type<Trigger[]>().notNull(),
  signing: text().$type<Signing>().notNull(),
  /** Ids of sources and patterns of rooms; `null` for all. */
  sources: text().array(),
  rooms: text().array(),
  /** Who added it, and when. */
  by: text().notNull(),
  addedAt: ms().notNull(),
  pausedAt: ms(),
  pausedFor: text().$type<PauseReason>(),
  /** Since when it took nothing, and when it took something last. */
  failingSince: ms(),
  lastTakenAt: ms(),
  /** Nothing is sent before: it asked for patience. */
  restsUntil: ms(),
});

/** With what its webhooks are signed, encrypted. During a rotation there are two. */
export const endpointSecrets = pgTable(
  "endpoint_secrets",
  {
    id: uuid().primaryKey(),
    endpointId: uuid()
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: "cascade" }),
    sealed: bytes().notNull(),
    addedAt: ms().notNull(),
    /** From then on nothing is signed with it. */
    retiredAt: ms(),
  },
  (table) => [index("endpoint_secrets_by_endpoint").on(table.endpointId)],
);

/** Messages that are sent again by hand, one or many. */
export const resends = pgTable(
  "resends",
  {
    id: uuid().primaryKey(),
    endpointId: uuid()
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: "cascade" }),
    at: ms().notNull(),
    total: integer().notNull(),
    cancelledAt: ms(),
  },
  (table) => [index("resends_by_endpoint").on(table.endpointId, table.at)],
);

/** What one endpoint is told, in the order in which it is sent. Its body is written once, for every attempt. */
export const outgoingMessages = pgTable(
  "outgoing_messages",
  {
    number: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** A digest of the endpoint and of what happened: whatever finds it again makes the same. */
    id: uuid().notNull().unique("outgoing_messages_by_id"),
    endpointId: uuid()
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: "cascade" }),
    trigger: text().notNull(),
    /** The meeting in which messages keep their order. */
    meetingId: uuid(),
    /** A digest of what it tells: a later one with the same corrects it. */
    about: uuid().notNull(),
    corrects: uuid(),
    /** `null` once it was erased: it is not sent any more. */
    body: text(),
    madeAt: ms().notNull(),
    state: text({ enum: ["pending", "taken", "failed"] }).notNull(),
    attempts: integer().notNull().default(0),
    firstTriedAt: ms(),
    nextAt: ms().notNull(),
    resendId: uuid().references(() => resends.id, { onDelete: "set null" }),
  },
  (table) => [
    index("outgoing_messages_pending")
      .on(table.endpointId, table.meetingId, table.number)
      .where(sql`state = 'pending'`),
    index("outgoing_messages_about").on(table.endpointId, table.about),
    index("outgoing_messages_by_time").on(table.endpointId, table.madeAt),
    index("outgoing_messages_of_meeting").on(table.meetingId),
    index("outgoing_messages_of_resend").on(table.resendId).where(sql`resend_id is not null`),
  ],
);

/** Every time a message was sent, and what came back. */
export const sendAttempts = pgTable(
  "send_attempts",
  {
    id: uuid().primaryKey(),
    endpointId: uuid()
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: "cascade" }),
    message: bigint({ mode: "number" })
      .notNull()
      .references(() => outgoingMessages.number, { onDelete: "cascade" }),
    at: ms().notNull(),
    tookMs: integer().notNull(),
    /** `null` where there was no answer: `failure` says why. */
    status: integer(),
    failure: text(),
    /** How the answer begins. */
    excerpt: text(),
  },
  (table) => [
    index("send_attempts_newest_first").on(table.endpointId, table.at, table.id),
    index("send_attempts_of_message").on(table.message),
  ],
);

/** Up to where a meeting was told of: the cursor of the events, whose `seq` has no holes. */
export const toldMeetings = pgTable(
  "told_meetings",
  {
    meetingId: uuid().primaryKey(),
    seq: integer().notNull(),
    startedAt: ms(),
    endedAt: ms(),
    mergedInto: uuid(),
    /** When its attendance is to be told, and a digest of what was told last. */
    attendanceDueAt: ms(),
    attendanceTold: uuid(),
  },
  (table) => [
    index("told_meetings_due").on(table.attendanceDueAt).where(sql`attendance_due_at is not null`),
  ],
);
