import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { OverReason } from "#domain/desk/alerts/alert.ts";
import type { ChannelKind, ChannelNews } from "#domain/desk/alerts/channel.ts";
import type { DEVICE } from "#domain/desk/alerts/pushed.ts";
import type { PersonDeed, RuleKind } from "#domain/desk/alerts/rule.ts";
import { sources } from "./accounts.ts";
import { bytes, ms } from "./columns.ts";
import { members } from "./members.ts";

/* When somebody is to be alarmed, and of what they were. */

/** When somebody is to be alarmed: see `domain/desk/alerts/rule.ts`. */
export const alertRules = pgTable("alert_rules", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  kind: text().$type<RuleKind>().notNull(),
  isOn: boolean().notNull(),
  afterMs: ms(),
  capacity: integer(),
  person: text(),
  deed: text().$type<PersonDeed>(),
  /** Ids of sources and patterns of rooms; `null` for all. */
  sources: text().array(),
  rooms: text().array(),
  /** Ids of groups of rooms; `null` for rooms in any or none. */
  groups: text().array(),
  repeatMs: ms(),
  urgentMs: ms(),
  /** Minutes after midnight in the installation's zone. */
  quietFrom: integer(),
  quietTo: integer(),
  by: text().notNull(),
  /** Since when it is as it is. */
  since: ms().notNull(),
});

/** What somebody was alarmed of, with what its rule was like then. Names are where the people are. */
export const alerts = pgTable(
  "alerts",
  {
    id: uuid().primaryKey(),
    ruleId: uuid().references(() => alertRules.id, { onDelete: "set null" }),
    ruleName: text().notNull(),
    kind: text().$type<RuleKind>().notNull(),
    deed: text().$type<PersonDeed>(),
    afterMs: ms(),
    capacity: integer(),
    /** What it is about, under a name that stays. */
    subject: text().notNull(),
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    roomId: bigint({ mode: "number" }),
    meetingId: uuid(),
    personId: text(),
    scheduledId: uuid(),
    since: ms().notNull(),
    raisedAt: ms().notNull(),
    isUrgent: boolean().notNull(),
    /** When somebody was last called, and how often. */
    rungAt: ms().notNull(),
    rings: integer().notNull(),
    acknowledgedAt: ms(),
    acknowledgedBy: text(),
    overAt: ms(),
    overFor: text().$type<OverReason>(),
  },
  (table) => [
    index("alerts_newest_first").on(table.raisedAt, table.id),
    index("alerts_open").on(table.raisedAt, table.id).where(sql`over_at is null`),
    index("alerts_over_lately").on(table.overAt).where(sql`over_at is not null`),
    index("alerts_of_room").on(table.roomId),
    index("alerts_of_rule").on(table.ruleId),
    index("alerts_of_source").on(table.sourceId),
  ],
);

/**
 * Where alerts are told besides the screens: see `domain/desk/alerts/channel.ts`. A device of somebody's is one too, which
 * is told of what they see.
 */
export const alertChannels = pgTable(
  "alert_channels",
  {
    id: uuid().primaryKey(),
    kind: text().$type<ChannelKind | typeof DEVICE>().notNull(),
    name: text().notNull(),
    /** The address, encrypted: whoever knows that of a chat may write there. Of a device its subscription. */
    sealed: bytes().notNull(),
    /** What of it is shown. */
    shown: text().notNull(),
    /** Names are initials. */
    initials: boolean().notNull(),
    isOn: boolean().notNull(),
    by: text().notNull(),
    addedAt: ms().notNull(),
    /** The last time that anything was sent there, and what came of it. */
    triedAt: ms(),
    status: integer(),
    failure: text(),
    /** Whose device it is; `null` for all else, and as long as nobody signs in. */
    memberId: uuid().references(() => members.id, { onDelete: "cascade" }),
    /** By which a browser knows its own device: a digest of its address. */
    mark: text().unique(),
  },
  (table) => [index("alert_channels_of_member").on(table.memberId)],
);

/** What is to be told a channel, in the order in which it happened; what was taken or given up is gone. */
export const channelMessages = pgTable(
  "channel_messages",
  {
    number: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    channelId: uuid()
      .notNull()
      .references(() => alertChannels.id, { onDelete: "cascade" }),
    alertId: uuid()
      .notNull()
      .references(() => alerts.id, { onDelete: "cascade" }),
    news: text().$type<ChannelNews>().notNull(),
    madeAt: ms().notNull(),
    attempts: integer().notNull().default(0),
    nextAt: ms().notNull(),
  },
  (table) => [
    index("channel_messages_of_channel").on(table.channelId, table.number),
    index("channel_messages_of_alert").on(table.alertId),
  ],
);
