import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { RefusalReason } from "#domain/live/recording.ts";
import { bytes, createdAt, ms } from "./columns.ts";

/** One connected provider account: a webhook path and its secrets. While it is paused nothing is taken from it. */
export const sources = pgTable("sources", {
  id: uuid().primaryKey(),
  provider: text().notNull(),
  name: text().notNull(),
  /** Made by `simulate` or `seed`: nobody in it is real, and `demo remove` takes it away whole. */
  isDemo: boolean().notNull().default(false),
  emptyGapMs: ms().notNull(),
  graceMs: ms().notNull(),
  /** What note-takers are called here besides what all are called by. */
  noteTakers: text().array().notNull().default([]),
  /** When these were changed last, until the past is told with them; `null` when it is. */
  untoldSince: ms(),
  createdAt: createdAt(),
  pausedAt: timestamp({ withTimezone: true }),
});

/** Signing secrets, sealed with the key of this installation. Several may be live during a rotation. */
export const sourceSecrets = pgTable(
  "source_secrets",
  {
    id: uuid().primaryKey(),
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    sealed: bytes().notNull(),
    createdAt: createdAt(),
    retiredAt: timestamp({ withTimezone: true }),
    /** To the minute. */
    lastUsedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index("source_secrets_live_by_source").on(table.sourceId).where(sql`retired_at is null`),
  ],
);

/**
 * Webhooks of a source that were not taken, one row for each reason, however many there were: from the first
 * after one that was taken. `over_at` is when the next one was.
 */
export const refusals = pgTable(
  "refusals",
  {
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    reason: text().$type<RefusalReason>().notNull(),
    count: integer().notNull(),
    firstAt: ms().notNull(),
    lastAt: ms().notNull(),
    overAt: ms(),
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.reason] })],
);

/** API keys; only their hash is kept. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    hash: bytes().notNull(),
    createdAt: createdAt(),
    revokedAt: timestamp({ withTimezone: true }),
    /** To the minute. */
    lastUsedAt: timestamp({ withTimezone: true }),
  },
  (table) => [uniqueIndex("api_keys_by_hash").on(table.hash)],
);

/** What every valid session was made in; ending all of them begins another. No row before the first end. */
export const sessionEpochs = pgTable(
  "session_epochs",
  {
    only: boolean().primaryKey().default(true),
    epoch: uuid().notNull(),
    since: createdAt(),
  },
  (table) => [check("session_epochs_only_one", sql`${table.only}`)],
);

/** What is set for the whole installation. No row before anything is. */
export const installation = pgTable(
  "installation",
  {
    only: boolean().primaryKey().default(true),
    /** IANA name; `null`: the server's. */
    timeZone: text(),
  },
  (table) => [check("installation_only_one", sql`${table.only}`)],
);
