import { boolean, index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { ShareKind } from "#domain/access/shares/share.ts";
import { apiKeys, sources } from "./accounts.ts";
import { bytes, createdAt } from "./columns.ts";
import { members } from "./members.ts";

/** Links that show one thing to whoever has them, without an account: a meeting, a wallboard, or how a room stands. */
export const sharedLinks = pgTable(
  "shared_links",
  {
    id: uuid().primaryKey(),
    kind: text().$type<ShareKind>().notNull(),
    /** Of the last part of its address, which is stored nowhere. */
    hash: bytes().notNull().unique(),
    /** The meeting it was made for, which may be merged into another since; `null` for a wallboard. */
    meetingId: uuid(),
    /** The sources of a wallboard; `null` for all. */
    sources: uuid().array(),
    /** The room for whose guests it is, by its source and key, and what they read that it is called. */
    roomSourceId: uuid().references(() => sources.id, { onDelete: "cascade" }),
    room: text(),
    roomName: text(),
    masked: boolean().notNull(),
    /** Who made it: a name, and where they are known by it a member or a key. */
    madeBy: text().notNull(),
    memberId: uuid().references(() => members.id, { onDelete: "set null" }),
    keyId: uuid().references(() => apiKeys.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    revokedAt: timestamp({ withTimezone: true }),
    /** To the minute; `null` where it was never opened. */
    lastOpenedAt: timestamp({ withTimezone: true }),
    /** How often a page of it was opened. */
    openedCount: integer().notNull().default(0),
  },
  (table) => [
    index("shared_links_by_member").on(table.memberId),
    index("shared_links_by_meeting").on(table.meetingId),
    index("shared_links_of_room").on(table.roomSourceId, table.room),
  ],
);
