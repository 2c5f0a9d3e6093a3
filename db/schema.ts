import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
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
import { DELIVERIES_A_MONTH } from "#domain/delivery.ts";
import { ROLES } from "#domain/history/expected/scheduled.ts";
import type { Tenure } from "#domain/host.ts";
import type { Visit } from "#domain/participant.ts";
import type { StatementFacts } from "#domain/statement/facts.ts";
import type { Wait } from "#domain/wait.ts";
import type { EventData } from "#domain/wire.ts";

/*
 * What we remember. `deliveries` and `events` are facts; `meetings`, `attendances` and `waits` are read
 * models, told again from the events and never edited by hand. All of them are written by the recorder
 * alone, in one transaction, so they carry no foreign keys to be checked row by row.
 */

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
/** Epoch ms, as in the domain: no time zone can creep in, and no conversion costs anything. */
const ms = () => bigint({ mode: "number" });
const createdAt = () => timestamp({ withTimezone: true }).notNull().defaultNow();

/** One connected provider account: a webhook path and its secrets. */
export const sources = pgTable("sources", {
  id: uuid().primaryKey(),
  provider: text().notNull(),
  name: text().notNull(),
  emptyGapMs: ms().notNull(),
  graceMs: ms().notNull(),
  createdAt: createdAt(),
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
  },
  (table) => [
    index("source_secrets_live_by_source").on(table.sourceId).where(sql`retired_at is null`),
  ],
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
  },
  (table) => [uniqueIndex("api_keys_by_hash").on(table.hash)],
);

/** What tells deliveries of a month apart, in the order they came: see `domain/delivery.ts`. */
export const deliveryNumbers = pgSequence("delivery_numbers", {
  maxValue: DELIVERIES_A_MONTH - 1,
  cycle: true,
});

/**
 * Everything correctly signed that came in, as it came, once. Partitioned by `id`, which begins with the
 * month (`db/recording/months.ts`), so that an old month can be dropped; Drizzle cannot say so, the SQL does.
 */
export const deliveries = pgTable(
  "deliveries",
  {
    id: bigint({ mode: "number" }).primaryKey(),
    sourceId: uuid().notNull(),
    /** The key of the room it speaks of, where it names one. */
    room: text(),
    receivedAt: timestamp({ withTimezone: true }).notNull(),
    status: text({ enum: ["recorded", "ignored", "unreadable"] }).notNull(),
    type: text(),
    /** Why it could not be read. */
    reason: text(),
    /** How often it came again. */
    repeats: integer().notNull().default(0),
    body: bytes().notNull(),
  },
  (table) => [
    index("deliveries_unreadable").on(table.id).where(sql`status = 'unreadable'`),
    index("deliveries_silent_by_room")
      .on(table.sourceId, table.room)
      .where(sql`status <> 'recorded'`),
  ],
);

/** What a second delivery is known to be a repeat by. Outlives the deliveries, so that a dropped one is. */
export const deliveryKeys = pgTable(
  "delivery_keys",
  {
    sourceId: uuid().notNull(),
    deliveryId: bigint({ mode: "number" }).notNull(),
    /** Digest of the provider's name for the delivery; a second one with the same is a repeat. */
    key: uuid().notNull(),
    /** Digest of what happened, however often and by however many subscriptions it is told. */
    occurrence: uuid().notNull(),
  },
  (table) => [
    primaryKey({ name: "delivery_keys_by_id", columns: [table.sourceId, table.deliveryId] }),
    uniqueIndex("delivery_keys_by_key").on(table.sourceId, table.key),
    uniqueIndex("delivery_keys_by_occurrence").on(table.sourceId, table.occurrence),
  ],
);

/** Where meetings happen. Its row lock serialises whoever opens, extends or merges meetings in it. */
export const rooms = pgTable(
  "rooms",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    key: text().notNull(),
    title: text(),
    /** When that happened of which the title was told: a later one counts. */
    titledAt: ms(),
    /** The latest meeting by time, where the next event most likely belongs. */
    currentMeetingId: uuid(),
    /** Until then a join may turn out to be the admission of somebody who waited for an earlier meeting. */
    unresolvedUntil: ms(),
    /** Until then a join may turn out to be the return of somebody who gave up waiting earlier that day. */
    lostUntil: ms(),
    /** When what we held of its people was erased; nothing is told of it any more. */
    erasedAt: ms(),
  },
  (table) => [
    uniqueIndex("rooms_by_key").on(table.sourceId, table.key),
    index("rooms_of_all_sources_by_key").on(table.key),
    // What a list of rooms by name is read from, and what finds the rooms of a series.
    index("rooms_by_name").on(sql`left(lower(coalesce(title, key)), 200)`, table.id),
    index("rooms_of_title")
      .on(table.sourceId, table.title, sql`id desc`)
      .where(sql`title is not null`),
  ],
);

/** What a list of meetings that are over is read from. */
const ENDED = sql`status = 'ended' and merged_into is null`;

/** Whom lists show. */
const LISTED = sql`part_of is null and meetings > 0`;

/** One stretch of occupancy of a room, with the numbers told from its events. */
export const meetings = pgTable(
  "meetings",
  {
    id: uuid().primaryKey(),
    roomId: bigint({ mode: "number" }).notNull(),
    sourceId: uuid().notNull(),
    /** The `seq` of the last event. */
    seq: integer().notNull().default(0),
    status: text({ enum: ["waiting", "live", "ended"] }).notNull(),
    startedAt: ms(),
    endedAt: ms(),
    endedBy: text({ enum: ["provider", "inferred"] }),
    providerIds: text().array().notNull().default([]),
    providerStartedAt: ms(),
    providerEndedAt: ms(),
    observed: boolean().notNull().default(false),
    observedFrom: ms(),
    presentCount: integer().notNull().default(0),
    waitingCount: integer().notNull().default(0),
    peopleCount: integer().notNull().default(0),
    lostCount: integer().notNull().default(0),
    /** The people who left before they were admitted, were not there only shortly and did not come back. */
    leftCount: integer().notNull().default(0),
    peakCount: integer(),
    peakAt: ms(),
    firstAt: ms(),
    firstJoinedAt: ms(),
    lastOutAt: ms(),
    tipAt: ms(),
    staleAt: ms(),
    whole: boolean().notNull().default(false),
    /** When and why its people and events were erased; what is left are its numbers. */
    erasedAt: ms(),
    erasedReason: text(),
    /** Where this meeting turned out to be part of another; such a row has no events. */
    mergedInto: uuid(),
  },
  (table) => [
    // `order by … desc` puts nulls first, and takes no index in which they are last, though there are none.
    index("meetings_by_room_and_time")
      .on(table.roomId, table.firstAt)
      .where(sql`merged_into is null`),
    index("meetings_newest_first")
      .on(table.firstAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`merged_into is null`),
    // Written out, because the builder's `desc()` puts nulls last, which a plain `order by … desc` does not.
    index("meetings_by_source_and_time")
      .on(table.sourceId, sql`first_at desc`, sql`id desc`)
      .where(sql`merged_into is null`),
    index("meetings_ended_newest_first").on(sql`first_at desc`, sql`id desc`).where(ENDED),
    index("meetings_ended_longest_first")
      .on(sql`(coalesce(ended_at - started_at, -1)) desc`, sql`first_at desc`, sql`id desc`)
      .where(ENDED),
    index("meetings_ended_fullest_first")
      .on(sql`people_count desc`, sql`first_at desc`, sql`id desc`)
      .where(ENDED),
    index("meetings_ended_most_left_first")
      .on(sql`left_count desc`, sql`first_at desc`, sql`id desc`)
      .where(ENDED),
    index("meetings_going_on")
      .on(table.status)
      .where(sql`status <> 'ended' and merged_into is null`),
    index("meetings_just_ended")
      .on(table.endedAt)
      .where(sql`status = 'ended' and merged_into is null`),
    index("meetings_latest_heard")
      .on(table.tipAt.desc().nullsFirst())
      .where(sql`merged_into is null`),
    index("meetings_stale").on(table.staleAt).where(sql`stale_at is not null`),
    index("meetings_merged_into").on(table.mergedInto).where(sql`merged_into is not null`),
  ],
);

/**
 * The facts, in the order they were recorded in their meeting. Append-only by a trigger: only where an
 * event is filed (meeting, seq, person) may change, when meetings merge or part.
 */
export const events = pgTable(
  "events",
  {
    meetingId: uuid().notNull(),
    seq: integer().notNull(),
    type: text().notNull(),
    at: ms().notNull(),
    participantId: text(),
    personId: text(),
    data: jsonb().$type<EventData>().notNull(),
    /** Kept as a number only: deliveries may be dropped long before the facts they told. */
    deliveryId: bigint({ mode: "number" }),
  },
  (table) => [
    primaryKey({ name: "events_by_seq", columns: [table.meetingId, table.seq] }),
    index("events_by_participant").on(table.meetingId, table.participantId),
  ],
);

/** One person in one meeting. */
export const attendances = pgTable(
  "attendances",
  {
    meetingId: uuid().notNull(),
    personId: text().notNull(),
    identifiedBy: text({ enum: ["user_id", "name", "operator", "connection"] }).notNull(),
    name: text(),
    /** The folded name: finds whom an event may concern. */
    nameKey: text(),
    userId: text(),
    /** Who they are over all meetings of the source: an id of `people`; `null` for a guest without a name. */
    identity: uuid(),
    participantIds: text().array().notNull(),
    status: text({ enum: ["waiting", "present", "left", "not_admitted"] }).notNull(),
    isHost: boolean().notNull(),
    /** Whether the provider ever said that they are host, or that they are not. */
    hostSaid: boolean().notNull().default(false),
    /** The first moment they are known of, knocking or in; `null` of whom nothing is known but the name. */
    firstAt: ms(),
    firstJoinedAt: ms(),
    lastLeftAt: ms(),
    /** Attended after the grace, up to the last closed end; while present, from `openSince` on comes on top. */
    attendedMs: ms().notNull(),
    openSince: ms(),
    /** How often they waited, how often of that until admitted, and how long these took together. */
    waitCount: integer().notNull(),
    admittedCount: integer().notNull(),
    admittedMs: ms().notNull(),
    /** Host until then; `null` while host, and for whoever never was (see `tenures`). */
    hostedUntil: ms(),
    visits: jsonb().$type<Visit[]>().notNull(),
    waits: jsonb().$type<Wait[]>().notNull(),
    tenures: jsonb().$type<Tenure[]>().notNull(),
  },
  (table) => [
    primaryKey({ name: "attendances_by_person", columns: [table.meetingId, table.personId] }),
    index("attendances_by_name").on(table.meetingId, table.nameKey),
    // Somebody's meetings, wherever they lie: by user id, by name, and of a guest by their connection.
    index("attendances_of_user").on(table.userId).where(sql`user_id is not null`),
    index("attendances_of_name").on(table.nameKey, table.meetingId),
    index("attendances_of_connection").on(table.personId).where(sql`user_id is null`),
    // Somebody's meetings newest first, and everybody's meetings in a period, with what lists sum up.
    index("attendances_of_identity")
      .on(table.identity, table.firstAt, table.meetingId, table.attendedMs, table.openSince)
      .where(sql`identity is not null`),
    index("attendances_in_period")
      .on(table.firstAt, table.identity, table.meetingId, table.attendedMs, table.openSince)
      .where(sql`identity is not null`),
    index("attendances_of_nobody").on(table.firstAt).where(sql`identity is null`),
    index("attendances_hosts").on(table.meetingId).where(sql`tenures <> '[]'::jsonb`),
    index("attendances_waiting").on(table.meetingId).where(sql`status = 'waiting'`),
  ],
);

/**
 * Everybody over all meetings of a source, with what is told of all their attendances, moved by each change
 * of one. `joined` ones are several who are one by an operator's word: their parts stay rows of their own.
 */
export const people = pgTable(
  "people",
  {
    /** Follows from the source and from what they are known by, so that no new telling gives out another. */
    id: uuid().primaryKey(),
    sourceId: uuid().notNull(),
    knownBy: text({ enum: ["user_id", "name", "joined"] }).notNull(),
    userId: text(),
    /** As they were called last, and folded. */
    name: text(),
    nameKey: text(),
    namedAt: ms(),
    /** What lists by name go by. */
    sortKey: text().notNull(),
    /** The joined one of whom they are a part. */
    partOf: uuid(),
    /** Of a joined one the part that gives it its address. */
    leader: uuid(),
    firstAt: ms().notNull(),
    lastAt: ms().notNull(),
    meetings: integer().notNull(),
    /** Attendances beyond one in a meeting: namesakes there, of whom nobody knows who is who. */
    namesakes: integer().notNull(),
    /** Attended up to the last closed ends; what is open runs from moments that are counted and summed up. */
    attendedMs: ms().notNull(),
    openCount: integer().notNull(),
    openSum: ms().notNull(),
    waitCount: integer().notNull(),
    admittedCount: integer().notNull(),
    admittedMs: ms().notNull(),
  },
  (table) => [
    index("people_last_met").on(table.lastAt, table.id).where(LISTED),
    index("people_by_name").on(table.sortKey, table.id).where(LISTED),
    index("people_most_meetings").on(table.meetings, table.id).where(LISTED),
    index("people_longest").on(table.attendedMs, table.id).where(LISTED),
    index("people_first_met").on(table.firstAt).where(LISTED),
    index("people_of_user").on(table.userId).where(sql`user_id is not null`),
    index("people_parts").on(table.partOf).where(sql`part_of is not null`),
  ],
);

/** What somebody was called, and when: far fewer than attendances, to find texts in. */
export const aliases = pgTable(
  "aliases",
  {
    identity: uuid().notNull(),
    /** The folded name. */
    nameKey: text().notNull(),
    /** As it was written last. */
    name: text().notNull(),
    firstAt: ms().notNull(),
    lastAt: ms().notNull(),
    meetings: integer().notNull(),
  },
  (table) => [
    primaryKey({ name: "aliases_of_identity", columns: [table.identity, table.nameKey] }),
    index("aliases_by_name").on(table.nameKey),
  ],
);

/** An operator's word that two of `people` are one. Not told from events: no replay touches it. */
export const peopleLinks = pgTable(
  "people_links",
  {
    id: uuid().primaryKey(),
    one: uuid().notNull(),
    other: uuid().notNull(),
    by: text().notNull(),
    at: ms().notNull(),
    undoneBy: text(),
    undoneAt: ms(),
  },
  (table) => [
    index("people_links_of_one").on(table.one),
    index("people_links_of_other").on(table.other),
    uniqueIndex("people_links_in_force").on(table.one, table.other).where(sql`undone_at is null`),
  ],
);

/** Every stay in a waiting room, with how it ended. */
export const waits = pgTable(
  "waits",
  {
    meetingId: uuid().notNull(),
    participantId: text().notNull(),
    startedAt: ms().notNull(),
    /** Of the meeting, so that the waits of a room over months are found without its meetings. */
    roomId: bigint({ mode: "number" }).notNull(),
    personId: text().notNull(),
    /** As of the attendance. */
    identity: uuid(),
    name: text(),
    endedAt: ms(),
    outcome: text({
      enum: ["waiting", "admitted", "left", "short", "came_back", "unknown"],
    }).notNull(),
    inferred: boolean().notNull(),
    /** Gave up, and came in to a later meeting of the room that day: `came_back`, whatever `outcome` says. */
    returned: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({
      name: "waits_by_start",
      columns: [table.meetingId, table.participantId, table.startedAt],
    }),
    index("waits_newest_first").on(
      table.startedAt.desc().nullsFirst(),
      table.meetingId,
      table.participantId,
    ),
    index("waits_given_up_by_identity")
      .on(table.identity, table.startedAt)
      .where(sql`outcome = 'left'`),
    index("waits_going_on").on(table.meetingId).where(sql`outcome = 'waiting'`),
    // With everything that is counted of a wait, so that years of them are counted without their rows.
    index("waits_over_time").on(
      table.startedAt,
      table.roomId,
      table.endedAt,
      table.outcome,
      table.returned,
    ),
    index("waits_of_room_over_time").on(
      table.roomId,
      table.startedAt,
      table.endedAt,
      table.outcome,
      table.returned,
    ),
    index("waits_lost_newest_first")
      .on(sql`started_at desc`, table.meetingId, table.participantId)
      .where(sql`outcome = 'left' and not returned`),
  ],
);

/** Attendance statements as they were issued: an operator's word, which no replay tells again. */
export const statements = pgTable(
  "statements",
  {
    /** Nobody finds it by guessing: whoever has it may read it. */
    id: text().primaryKey(),
    /** SHA-256 of the canonical facts, in hexadecimal. */
    hash: text().notNull(),
    /** `null` where they were erased. */
    facts: jsonb().$type<StatementFacts>(),
    /** Of which rooms something is stated. */
    roomIds: bigint({ mode: "number" }).array().notNull(),
    madeAt: ms().notNull(),
    madeBy: text().notNull(),
    erasedAt: ms(),
  },
  (table) => [
    uniqueIndex("statements_by_hash").on(table.hash),
    index("statements_of_room").using("gin", table.roomIds),
  ],
);

/** A meeting that somebody said is to take place. Their word, not told from events: no replay touches it. */
export const scheduledMeetings = pgTable(
  "scheduled_meetings",
  {
    id: uuid().primaryKey(),
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    /** The room's key; nothing need have been heard of the room yet. */
    room: text().notNull(),
    title: text(),
    startsAt: ms().notNull(),
    endsAt: ms().notNull(),
    timeZone: text().notNull(),
    lateAfterMs: ms().notNull(),
    verdictAfterMs: ms().notNull(),
    /** Who set it last, and when. */
    by: text().notNull(),
    changedAt: ms().notNull(),
    withdrawnAt: ms(),
    /** When its title and the names of its people were erased. */
    erasedAt: ms(),
  },
  (table) => [
    index("scheduled_meetings_by_time")
      .on(table.startsAt, table.id)
      .where(sql`withdrawn_at is null`),
    index("scheduled_meetings_of_source")
      .on(table.sourceId, table.startsAt, table.id)
      .where(sql`withdrawn_at is null`),
    index("scheduled_meetings_of_room").on(table.sourceId, table.room, table.startsAt),
  ],
);

/** A line of the roster of a scheduled meeting. Of somebody erased their place is left. */
export const expectedPeople = pgTable(
  "expected_people",
  {
    scheduledId: uuid()
      .notNull()
      .references(() => scheduledMeetings.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    name: text(),
    /** The folded name, to find texts in. */
    nameKey: text(),
    userId: text(),
    email: text(),
    role: text({ enum: ROLES }).notNull(),
  },
  (table) => [
    primaryKey({
      name: "expected_people_by_position",
      columns: [table.scheduledId, table.position],
    }),
  ],
);

/** One imported file, read in one way. An operator's word: what its lines tell stands until they take it back. */
export const imports = pgTable(
  "imports",
  {
    id: uuid().primaryKey(),
    sourceId: uuid().notNull(),
    file: text().notNull(),
    timeZone: text().notNull(),
    /** How dates were read that may be read in two ways. */
    dates: text({ enum: ["month_first", "day_first"] }).notNull(),
    /** Of the file and how it was read: the same again is the same import. */
    digest: text().notNull(),
    /** What it told; `null` until all of it was kept. */
    lines: integer(),
    added: integer(),
    meetings: integer(),
    people: integer(),
    /** `null` where nobody said it. */
    by: text(),
    at: ms().notNull(),
    undoneBy: text(),
    undoneAt: ms(),
  },
  (table) => [
    index("imports_newest_first").on(table.at, table.id),
    uniqueIndex("imports_standing").on(table.digest).where(sql`undone_at is null`),
  ],
);

/**
 * The lines of imports that stand, by the names of the deliveries that they are, also where another import
 * had told them before: whose line is told when that one is taken back is found here.
 */
export const importLines = pgTable(
  "import_lines",
  {
    importId: uuid()
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    sourceId: uuid().notNull(),
    key: uuid().notNull(),
    room: text().notNull(),
    body: bytes().notNull(),
  },
  (table) => [
    primaryKey({ name: "import_lines_by_key", columns: [table.importId, table.key] }),
    index("import_lines_of_delivery").on(table.sourceId, table.key),
    index("import_lines_of_room").on(table.sourceId, table.room),
  ],
);
