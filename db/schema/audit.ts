import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { ACTOR_KINDS, type AuditAction } from "#domain/access/audit/audit.ts";
import { AUDIT_OUTCOMES, AUDITED_KINDS, type AuditDetails } from "#domain/access/audit/audited.ts";
import { bytes, ms, words } from "./columns.ts";

/**
 * Who did what, from where. Append-only by a trigger: an erasure may take what names somebody out of an entry, and
 * only what is older than is kept may be deleted.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: ms().notNull(),
    action: text().$type<AuditAction>().notNull(),
    whoKind: text({ enum: ACTOR_KINDS }).notNull(),
    whoId: text(),
    whoLabel: text().notNull(),
    aboutKind: text({ enum: AUDITED_KINDS }),
    aboutId: text(),
    aboutLabel: text(),
    details: jsonb().$type<AuditDetails>().notNull(),
    outcome: text({ enum: AUDIT_OUTCOMES }).notNull(),
    address: text(),
    userAgent: text(),
    /** Of both labels. */
    words: words().notNull(),
  },
  (table) => [
    index("audit_entries_newest_first").on(table.at, table.id),
    index("audit_entries_of_action").on(table.action, table.at, table.id),
    index("audit_entries_of_kind").on(table.whoKind, table.at, table.id),
    index("audit_entries_of_who")
      .on(table.whoId, table.at, table.id)
      .where(sql`who_id is not null`),
    index("audit_entries_about")
      .on(table.aboutId, table.at, table.id)
      .where(sql`about_id is not null`),
    index("audit_entries_by_words").using("gin", table.words),
  ],
);

/**
 * What writing requests with an `Idempotency-Key` were answered, so that one that comes again is not done again. They
 * are kept for a day.
 */
export const answeredRequests = pgTable(
  "answered_requests",
  {
    /** Who asked: a kind of actor, and an id. */
    caller: text().notNull(),
    key: text().notNull(),
    /** Of the method, the address and the body. */
    fingerprint: bytes().notNull(),
    at: ms().notNull(),
    /** The status and the body, encrypted, because a secret may be in them; `null` while it is being done. */
    sealed: bytes(),
  },
  (table) => [
    primaryKey({ columns: [table.caller, table.key] }),
    index("answered_requests_oldest_first").on(table.at),
  ],
);
