import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { CodeDemand } from "#domain/access/code-demand.ts";
import { SCOPES, type Scope } from "#domain/access/scope.ts";
import type { RefusalReason, RefusedReason } from "#domain/live/recording.ts";
import type { RoomTitleRule } from "#domain/participant/room-title.ts";
import type { Retained } from "#domain/privacy/retention/retention.ts";
import type { CatchUpProblem } from "#domain/sources/catching-up/catch-up.ts";
import type { WebhookState } from "#domain/sources/catching-up/webhook-state.ts";
import { bytes, createdAt, ms, sightColumns } from "./columns.ts";

/** One account of a provider, with its own address and secrets. While it is paused no webhook is accepted for it. */
export const sources = pgTable("sources", {
  id: uuid().primaryKey(),
  provider: text().notNull(),
  name: text().notNull(),
  /** Made by `simulate` or `seed`: its people are invented, and `demo remove` removes it whole. */
  isDemo: boolean().notNull().default(false),
  emptyGapMs: ms().notNull(),
  graceMs: ms().notNull(),
  /** Names of note-takers in this source, besides those that count everywhere. */
  noteTakers: text().array().notNull().default([]),
  /** What several bots see at one place at one time is one meeting. */
  joinsBots: boolean().notNull().default(true),
  /** What its calendars have is expected here without anybody taking it. */
  takesCalendar: boolean().notNull().default(false),
  /**
   * When the settings that its projections depend on were last changed; `null` once its past is rebuilt with
   * them.
   */
  untoldSince: ms(),
  /** When an operator stopped the rebuilding of its past: it goes on when they ask for it. */
  rebuildStoppedAt: ms(),
  /** What its rooms are called by their keys, where nothing else says. */
  roomTitles: jsonb().$type<readonly RoomTitleRule[]>().notNull().default([]),
  /** When its provider last asked whether somebody listens; to the minute. */
  pingedAt: ms(),
  /** Deliveries of so many whole months before the present one are kept; `null` for all. */
  keepDeliveriesMonths: integer(),
  /** The people of meetings are kept for so many days after these ended; `null` for ever. */
  keepPeopleDays: integer(),
  /** What was last done by these two (`server/privacy/retention`). */
  retained: jsonb().$type<Retained>(),
  /** A key of the provider's own API, encrypted, and since when it is kept; only where it was asked to be. */
  sealedApiKey: bytes(),
  apiKeyAt: ms(),
  /** Where that API is, as the key was entered for it; `null` for where its provider has it. */
  apiAddress: text(),
  createdAt: createdAt(),
  pausedAt: timestamp({ withTimezone: true }),
  /** Since when everything of it is being deleted. */
  deletingSince: ms(),
});

/** Signing secrets, encrypted with the key of this installation. Several may be live during a rotation. */
export const sourceSecrets = pgTable(
  "source_secrets",
  {
    id: uuid().primaryKey(),
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    sealed: bytes().notNull(),
    createdAt: createdAt(),
    /** From then on it is refused; a moment to come is a rotation that ends by itself. */
    retiredAt: timestamp({ withTimezone: true }),
    /** To the minute. */
    lastUsedAt: timestamp({ withTimezone: true }),
  },
  (table) => [index("source_secrets_by_source").on(table.sourceId)],
);

/** How each source is caught up with by its provider's own API. No row before the first time. */
export const catchUps = pgTable("catch_ups", {
  sourceId: uuid()
    .primaryKey()
    .references(() => sources.id, { onDelete: "cascade" }),
  /** Nothing that happened before is missing any more; `null` until it was asked for once. */
  caughtUpTo: ms(),
  /** Since when it is asked for what happened from `since` on, with so many calls so far; `null` between the times. */
  begunAt: ms(),
  since: ms(),
  calls: integer().notNull().default(0),
  /** Where its provider's list of all there ever was had been read up to, in the provider's own words. */
  place: text(),
  /** How much was found that no webhook had told, in all, and the last time that anything was. */
  found: integer().notNull().default(0),
  lastFoundAt: ms(),
  /** How often it failed in a row, why it did the last time, and what the provider said. */
  failures: integer().notNull().default(0),
  problem: text().$type<CatchUpProblem>(),
  said: text(),
  /** It is not asked before. */
  nextAt: ms().notNull(),
  /** Whether its webhook is switched on at its provider, and since when that is so; `null` where nobody looked. */
  webhook: text().$type<WebhookState>(),
  webhookSince: ms(),
  /** When its calendars were last read, and last read whole, up to where, and why not; `null` where they never were. */
  calendarAt: ms(),
  calendarWholeAt: ms(),
  calendarPlace: text(),
  calendarProblem: text().$type<CatchUpProblem>(),
});

/**
 * Refused webhooks of a source, one row for each reason, however many there were: since the first after an
 * accepted one. `over_at` is when the next one was accepted.
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

/**
 * How many webhooks were refused in an hour, and why: of a source, or of no source at all. Of what was refused nothing
 * is stored but this. Kept for some weeks (`server/runtime/jobs/trimming-deliveries.ts`).
 */
export const refusalHours = pgTable(
  "refusal_hours",
  {
    /** `null` for addresses under which there is no source. */
    sourceId: uuid().references(() => sources.id, { onDelete: "cascade" }),
    reason: text().$type<RefusedReason>().notNull(),
    /** When the hour began. */
    hour: ms().notNull(),
    count: integer().notNull(),
    lastAt: ms().notNull(),
    /** Who sent the last one. */
    lastAddress: text(),
  },
  (table) => [
    unique("refusal_hours_by_hour").on(table.hour, table.sourceId, table.reason).nullsNotDistinct(),
  ],
);

/** API keys. Only their hash is stored. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    hash: bytes().notNull(),
    scopes: text()
      .array()
      .$type<Scope[]>()
      .notNull()
      .default([...SCOPES]),
    ...sightColumns(),
    createdAt: createdAt(),
    /** It is refused from then on; `null` for never. */
    expiresAt: timestamp({ withTimezone: true }),
    revokedAt: timestamp({ withTimezone: true }),
    /** To the minute. */
    lastUsedAt: timestamp({ withTimezone: true }),
  },
  (table) => [uniqueIndex("api_keys_by_hash").on(table.hash)],
);

/**
 * The epoch that every valid session was made in; ending all sessions begins another. No row before the first
 * end.
 */
export const sessionEpochs = pgTable(
  "session_epochs",
  {
    only: boolean().primaryKey().default(true),
    epoch: uuid().notNull(),
    since: createdAt(),
  },
  (table) => [check("session_epochs_only_one", sql`${table.only}`)],
);

/** Settings of the whole installation. No row before the first setting. */
export const installation = pgTable(
  "installation",
  {
    only: boolean().primaryKey().default(true),
    /** IANA name; `null` for the time zone of the server. */
    timeZone: text(),
    /** So many days the audit log is kept; `null` for good. */
    auditDays: integer(),
    /** Who has to set up a code besides their password; `null` before anybody said. */
    codeOf: text().$type<CodeDemand>(),
  },
  (table) => [check("installation_only_one", sql`${table.only}`)],
);
