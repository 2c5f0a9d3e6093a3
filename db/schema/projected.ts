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
import type { Visit } from "#domain/participant/participant.ts";
import { sources } from "./accounts.ts";
import { ms, words } from "./columns.ts";

/*
 * Read models: told again from the events whenever something new is heard, and never edited by hand. Written
 * by the recorder alone, in one transaction, so they carry no foreign keys to be checked row by row.
 */

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
    words: words(),
  },
  (table) => [
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

/** What a list of meetings that are over is read from. */
const ENDED = sql`status = 'ended' and merged_into is null`;

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
    /** Programs that take notes are people of no meeting; until when they were there finds what is near. */
    noteTakerCount: integer().notNull().default(0),
    noteTakersIn: integer().notNull().default(0),
    noteTakersOutAt: ms(),
    /** The waits left before admitted, and the people these were of. */
    lostCount: integer().notNull().default(0),
    peopleLeftCount: integer().notNull().default(0),
    /** The people with a wait that was really lost. */
    leftCount: integer().notNull().default(0),
    /** Whether whoever watches was let in, and put out; `null` where nobody watches. */
    observer: jsonb().$type<Observer>(),
    peakCount: integer(),
    peakAt: ms(),
    firstAt: ms(),
    firstJoinedAt: ms(),
    lastOutAt: ms(),
    tipAt: ms(),
    staleAt: ms(),
    /** When the provider began another meeting in the room, if that is all that tells that this one is over. */
    overtakenAt: ms(),
    /** How many were there of late, while it goes on. */
    recent: jsonb().$type<RecentHeadcount>(),
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
    /** A program that takes notes: nobody, of no list, and in no sum. */
    isNoteTaker: boolean().notNull().default(false),
    /** Others were there at the same time under this user id: it says nothing of who they are. */
    userIdShared: boolean().notNull().default(false),
    /** Who they are over all meetings of the source: an id of `people`; `null` for a guest without a name. */
    identity: uuid(),
    participantIds: text().array().notNull(),
    status: text({ enum: ["waiting", "present", "left", "not_admitted", "not_known"] }).notNull(),
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
    /** What they may have attended on top, and until when at the latest, where nobody reported that they left. */
    unknownMs: ms().notNull().default(0),
    leftBy: ms(),
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
    // Somebody's meetings, wherever they lie: by user id, by name, and of a guest by their connection. Somebody in a
    // meeting is found by name the same way: a second index that began with the meeting was as good a way to all
    // who are in it, and was read whole for one of them.
    index("attendances_of_user").on(table.userId).where(sql`user_id is not null`),
    index("attendances_of_name").on(table.nameKey, table.meetingId),
    index("attendances_of_connection").on(table.personId).where(sql`user_id is null`),
    // Somebody's meetings newest first, and everybody's meetings in a period, with what lists sum up.
    index("attendances_of_identity")
      .on(table.identity, table.firstAt, table.meetingId, table.attendedMs, table.openSince)
      .where(sql`identity is not null`),
    // With what lists sum up beside it, as its migration says: were that a part of its order, whoever is looked up
    // by identity could be looked for in all of it.
    index("attendances_in_period").on(table.firstAt).where(sql`identity is not null`),
    index("attendances_of_nobody").on(table.firstAt).where(sql`identity is null`),
    index("attendances_hosts").on(table.meetingId).where(sql`tenures <> '[]'::jsonb`),
    index("attendances_waiting").on(table.meetingId).where(sql`status = 'waiting'`),
    // Of whom nobody reported that they left: what comes later may still tell how long they can have been.
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
      .where(sql`outcome in ('left', 'came_back') or returned`),
    index("waits_going_on").on(table.meetingId).where(sql`outcome = 'waiting'`),
    // With everything that is counted of a wait, so that years of them are counted without their rows: beside it,
    // as its migration says, or a room's could be looked for in all of it.
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
  ],
);
