import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Tenure } from "#domain/meeting/host.ts";
import type { Observer } from "#domain/meeting/observer.ts";
import type { RecentHeadcount } from "#domain/meeting/recent.ts";
import type { Wait } from "#domain/meeting/wait.ts";
import type { Visit } from "#domain/participant/visit.ts";
import { sources } from "./accounts.ts";
import { ms, words } from "./columns.ts";

/*
 * Projections: they follow from the events with every new one, and are never edited by hand. Only the
 * recorder writes them, in one transaction, so they carry no foreign keys to be checked row by row.
 */

/** Where meetings happen. The lock on its row lets one transaction at a time open, extend or merge meetings in it. */
export const rooms = pgTable(
  "rooms",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    sourceId: uuid()
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    key: text().notNull(),
    /** What it is called: by hand, as reported, or by a rule of its source, the first that there is. */
    title: text(),
    /** The title that an operator entered. */
    givenTitle: text(),
    /** The title that the provider reported last, and the moment of that event: a later one counts. */
    reportedTitle: text(),
    titledAt: ms(),
    /** The latest meeting by time, where the next event most likely belongs. */
    currentMeetingId: uuid(),
    /** Until then a join may be the admission of a person who waited for an earlier meeting. */
    unresolvedUntil: ms(),
    /** Until then a join may be the return of a person who gave up waiting earlier that day. */
    lostUntil: ms(),
    /** When the data of its people was erased; nothing of it is projected any more. */
    erasedAt: ms(),
    /** Where its meeting is held, as its provider or somebody's own data says: the same for each bot that is sent there. */
    place: text(),
    /** The room in which its meeting is, where another bot watched the same one: then nothing is in this. */
    joinedTo: bigint({ mode: "number" }),
    /** Whether it is one meeting with others of its place is still to be looked at. */
    isUnsettled: boolean().notNull().default(false),
    words: words(),
  },
  (table) => [
    index("rooms_of_place").on(table.sourceId, table.place).where(sql`place is not null`),
    index("rooms_joined").on(table.joinedTo).where(sql`joined_to is not null`),
    index("rooms_unsettled").on(table.id).where(sql`is_unsettled`),
    index("rooms_of_words").using("gin", table.words),
    index("rooms_without_words").on(table.id).where(sql`words is null`),
    uniqueIndex("rooms_by_key").on(table.sourceId, table.key),
    index("rooms_of_all_sources_by_key").on(table.key),
    // What a list of rooms by name is read from, and what finds the rooms of a series.
    index("rooms_by_name").on(sql`left(lower(coalesce(title, key)), 200)`, table.id),
    index("rooms_of_title")
      .on(table.sourceId, table.title, sql`id desc`)
      .where(sql`title is not null`),
  ],
);

/** What a list of ended meetings is read from. */
const ENDED = sql`status = 'ended' and merged_into is null`;

/** One period of occupancy of a room, with the numbers that follow from its events. */
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
    /** Note-takers do not count as people. Until when they were there decides which events are near. */
    noteTakerCount: integer().notNull().default(0),
    noteTakersIn: integer().notNull().default(0),
    noteTakersOutAt: ms(),
    /** How its waits were left: see `domain/meetings/left-counts.ts`. */
    waitsLeftCount: integer().notNull().default(0),
    peopleLeftCount: integer().notNull().default(0),
    peopleLostCount: integer().notNull().default(0),
    /** Whether the observing bot was let in and removed; `null` without one. */
    observer: jsonb().$type<Observer>(),
    peakCount: integer(),
    peakAt: ms(),
    firstAt: ms(),
    firstJoinedAt: ms(),
    lastOutAt: ms(),
    tipAt: ms(),
    staleAt: ms(),
    /** When the provider began another meeting in the room, if nothing else shows that this one is over. */
    overtakenAt: ms(),
    /** Recent head counts, while the meeting goes on. */
    recent: jsonb().$type<RecentHeadcount>(),
    whole: boolean().notNull().default(false),
    /** When and why its people and events were erased; its numbers are left. */
    erasedAt: ms(),
    erasedReason: text(),
    /** The meeting that this one turned out to be part of; such a row has no events. */
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
      .on(sql`people_lost_count desc`, sql`first_at desc`, sql`id desc`)
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

/** One person in one meeting. */
export const attendances = pgTable(
  "attendances",
  {
    meetingId: uuid().notNull(),
    personId: text().notNull(),
    identifiedBy: text({ enum: ["user_id", "name", "operator", "connection"] }).notNull(),
    name: text(),
    /** The folded name, by which the people an event may concern are found. */
    nameKey: text(),
    userId: text(),
    /** A note-taker: in no list of people, and in no sum. */
    isNoteTaker: boolean().notNull().default(false),
    /** Other people had this user id at the same time, so it does not identify anybody. */
    userIdShared: boolean().notNull().default(false),
    /** The person over all meetings of the source: an id of `people`; `null` for a guest without a name. */
    identity: uuid(),
    participantIds: text().array().notNull(),
    status: text({ enum: ["waiting", "present", "left", "not_admitted", "not_known"] }).notNull(),
    isHost: boolean().notNull(),
    /** Whether the provider ever reported that they are, or are not, a host. */
    hostSaid: boolean().notNull().default(false),
    /** The first moment known of them, waiting or in; `null` where only the name is known. */
    firstAt: ms(),
    firstJoinedAt: ms(),
    lastLeftAt: ms(),
    /** Attended after the grace, up to the last closed end; while present, the time since `openSince` is added. */
    attendedMs: ms().notNull(),
    openSince: ms(),
    /** Further time they may have attended, and the latest moment of it, where nobody reported that they left. */
    unknownMs: ms().notNull().default(0),
    leftBy: ms(),
    /** How often they waited, how often until admitted, and how long the admitted waits took together. */
    waitCount: integer().notNull(),
    admittedCount: integer().notNull(),
    admittedMs: ms().notNull(),
    /** Host until then; `null` while host, and for a person who never was (see `tenures`). */
    hostedUntil: ms(),
    visits: jsonb().$type<Visit[]>().notNull(),
    waits: jsonb().$type<Wait[]>().notNull(),
    tenures: jsonb().$type<Tenure[]>().notNull(),
  },
  (table) => [
    primaryKey({ name: "attendances_by_person", columns: [table.meetingId, table.personId] }),
    // A person's meetings, wherever they lie: by user id, by name, and for a guest by connection. A person in
    // a meeting is found by name in the same way: a second index that began with the meeting was as good a
    // way to everybody in it, and was read whole for one of them.
    index("attendances_of_user").on(table.userId).where(sql`user_id is not null`),
    index("attendances_of_name").on(table.nameKey, table.meetingId),
    index("attendances_of_connection").on(table.personId).where(sql`user_id is null`),
    // A person's meetings newest first, and all meetings in a period, with what lists sum up.
    index("attendances_of_identity")
      .on(table.identity, table.firstAt, table.meetingId, table.attendedMs, table.openSince)
      .where(sql`identity is not null`),
    // With what lists sum up as included columns, as its migration says. Were they key columns, one identity
    // could be searched for in the whole index.
    index("attendances_in_period").on(table.firstAt).where(sql`identity is not null`),
    index("attendances_of_nobody").on(table.firstAt).where(sql`identity is null`),
    index("attendances_hosts").on(table.meetingId).where(sql`tenures <> '[]'::jsonb`),
    index("attendances_waiting").on(table.meetingId).where(sql`status = 'waiting'`),
    // People whose leaving nobody reported: a later event may still show how long they can have been there.
    index("attendances_unknown").on(table.meetingId, table.leftBy).where(sql`left_by is not null`),
    index("attendances_sharing").on(table.firstAt).where(sql`user_id_shared`),
  ],
);

/** Every stay in a waiting room, with how it ended. */
export const waits = pgTable(
  "waits",
  {
    meetingId: uuid().notNull(),
    participantId: text().notNull(),
    startedAt: ms().notNull(),
    /** The same after every replay: it follows from the first knock, as `db/waits/wait-id.ts` makes it. */
    id: uuid()
      .notNull()
      .generatedAlwaysAs(
        sql`(md5(room_id::text || ' ' || started_at::text || ' ' || participant_id)::uuid)`,
      ),
    /** The meeting's room, so that the waits of a room over months are found without its meetings. */
    roomId: bigint({ mode: "number" }).notNull(),
    personId: text().notNull(),
    /** The identity of the attendance. */
    identity: uuid(),
    name: text(),
    endedAt: ms(),
    outcome: text({
      enum: ["waiting", "admitted", "left", "short", "came_back", "unknown"],
    }).notNull(),
    inferred: boolean().notNull(),
    /** Nobody reported its end, and an operator entered it. */
    endEntered: boolean().notNull().default(false),
    /**
     * The person gave up, and came in to a later meeting of the room that day: `came_back`, whatever
     * `outcome` says.
     */
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
      .where(sql`outcome in ('left', 'came_back') or returned`),
    index("waits_going_on").on(table.meetingId).where(sql`outcome = 'waiting'`),
    // With everything that is counted of a wait as included columns, as its migration says, so that years of
    // waits are counted without their rows. Were they key columns, the waits of one room could be searched
    // for in the whole index.
    index("waits_over_time").on(table.startedAt),
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
    index("waits_by_id").on(table.id),
  ],
);
