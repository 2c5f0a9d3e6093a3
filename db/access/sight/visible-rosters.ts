import { type SQL, sql } from "drizzle-orm";
import { calendarEvents } from "#db/schema/calendar.ts";
import {
  classListEntries,
  classLists,
  repetitions,
  roomClassLists,
  rosterAliases,
} from "#db/schema/class-lists.ts";
import { expectedPeople, scheduledMeetings } from "#db/schema/operators.ts";
import { rooms } from "#db/schema/projected.ts";
import type { Sight } from "#domain/access/sight.ts";
import {
  columns,
  every,
  fitting,
  IN_ROOMS,
  IN_SERIES,
  isAllRooms,
  isOf,
  type OfTable,
  type Visible,
  within,
  wordless,
} from "./conditions.ts";

/** A scheduled meeting in a room that is seen, or that is to be seen once it is there. */
const scheduledIn =
  (of: { sourceId: SQL; room: SQL; title: SQL }) =>
  ({ sources: ids, rooms: patterns }: Sight): Visible =>
    every([
      ids && isOf(of.sourceId, ids),
      patterns &&
        sql`(${fitting([of.room, of.title], patterns)} or (${of.sourceId}, ${of.room}) in (${IN_ROOMS}))`,
    ]);

/** When whom is expected. */
export const OF_SCHEDULED: readonly OfTable[] = [
  {
    table: repetitions,
    by: [rooms],
    visible: scheduledIn({
      sourceId: sql`${repetitions.sourceId}`,
      room: sql`${repetitions.room}`,
      title: sql`${repetitions.title}`,
    }),
  },
  {
    table: scheduledMeetings,
    by: [rooms],
    visible: scheduledIn({
      sourceId: sql`${scheduledMeetings.sourceId}`,
      room: sql`${scheduledMeetings.room}`,
      title: sql`${scheduledMeetings.title}`,
    }),
  },
  {
    table: calendarEvents,
    by: [rooms],
    visible: scheduledIn({
      sourceId: sql`${calendarEvents.sourceId}`,
      room: sql`${calendarEvents.place}`,
      title: sql`${calendarEvents.name}`,
    }),
  },
];

/** Who is expected. */
export const OF_ROSTERS: readonly OfTable[] = [
  {
    table: expectedPeople,
    by: [scheduledMeetings],
    visible: (sight) =>
      wordless(
        expectedPeople,
        within(
          sql`${expectedPeople.scheduledId} in (select ${scheduledMeetings.id} from ${scheduledMeetings})`,
        )(sight),
        sight.masked,
      ),
  },
  {
    table: roomClassLists,
    by: [rooms],
    visible: within(sql`(${roomClassLists.sourceId}, ${roomClassLists.series}) in (${IN_SERIES})`),
  },
  {
    table: classLists,
    by: [roomClassLists, scheduledMeetings, repetitions],
    visible: within(sql`${classLists.id} in (
      select ${roomClassLists.listId} from ${roomClassLists}
      union all select ${scheduledMeetings.classListId} from ${scheduledMeetings}
      union all select ${repetitions.classListId} from ${repetitions})`),
  },
  {
    table: classListEntries,
    by: [classLists],
    visible: (sight) =>
      wordless(
        classListEntries,
        within(sql`${classListEntries.listId} in (select ${classLists.id} from ${classLists})`)(
          sight,
        ),
        sight.masked,
      ),
  },
  {
    // Who is meant on a list holds in all its rooms; which name they had in one that is not seen is not said.
    table: rosterAliases,
    by: [rooms, classLists, scheduledMeetings],
    visible: (sight) => {
      if (isAllRooms(sight)) return "all";
      const isSeen = sql`(${rosterAliases.sourceId}, ${rosterAliases.room}) in (${IN_ROOMS})`;
      const given = columns(rosterAliases, {
        seenAs: sql`case when ${isSeen} then ${rosterAliases.seenAs} end`,
        room: sql`case when ${isSeen} then ${rosterAliases.room} else '' end`,
      });
      return {
        rows: sql`select ${given} from ${rosterAliases} where ${rosterAliases.rosterId} in (
          select ${classLists.id} from ${classLists}
          union all select ${scheduledMeetings.id} from ${scheduledMeetings})`,
      };
    },
  },
];
