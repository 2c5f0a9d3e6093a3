import * as z from "zod/mini";
import { CELL_STATES } from "#domain/rooms/register/cell.ts";
import { WEEKDAYS } from "#domain/time/weekday.ts";
import {
  about,
  asOf,
  count,
  countOrNull,
  LINKS,
  named,
  shareOrNull,
  source,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";
import { CERTAINTY, status } from "#server/meetings/schema.ts";

const ROOM = {
  id: z.string(),
  room: z.string(),
  title: textOrNull,
  source,
  series_by: about(
    z.enum(["room", "title"]),
    "Whether it is one room, or the rooms of one title, where each meeting has its own room",
  ),
};

const room = named(
  "Room",
  z.object({
    ...ROOM,
    meetings_count: count,
    live_count: count,
    people_per_meeting: z.nullable(z.number()),
    people_trend: about(z.array(count), "The latest 24 meetings that are over, oldest first"),
    last_meeting: z.object({
      id: z.string(),
      status,
      first_heard_at: time,
      started_at: timeOrNull,
      ended_at: timeOrNull,
    }),
  }),
);

export const rooms = z.object({
  ...LINKS,
  results: z.array(room),
  from: time,
  to: time,
  as_of: asOf,
});

const percent = z.number().check(z.minimum(0), z.maximum(100));
const THRESHOLDS = {
  held_ms: count,
  late_ms: count,
  early_ms: count,
  share: about(percent, "In percent"),
  attended_ms: countOrNull,
  regular_share: about(percent, "In percent"),
  regular_last: count,
  missed: count,
};
export const thresholds = named("Thresholds", z.object(THRESHOLDS));

const from = about(z.enum(["query", "room", "default"]), "Where the threshold comes from");
const thresholdsFrom = z.object({
  held_ms: from,
  late_ms: from,
  early_ms: from,
  share: from,
  attended_ms: from,
  regular_share: from,
  regular_last: from,
  missed: from,
});

const registerMeeting = named(
  "RegisterMeeting",
  z.object({
    id: z.string(),
    status,
    first_heard_at: time,
    started_at: timeOrNull,
    ended_at: timeOrNull,
    length_ms: countOrNull,
    people_count: count,
    held: z.boolean(),
    left_out: about(
      z.nullable(z.enum(["going_on", "erased", "nobody", "short"])),
      "Why it does not count",
    ),
    erased: z.boolean(),
    late_from: timeOrNull,
    late_from_by: about(
      z.nullable(z.enum(["scheduled", "room", "provider", "host", "first"])),
      "What late_from is",
    ),
    attended_count: about(countOrNull, "null where the people were erased"),
    late_count: count,
    left_early_count: count,
    hosts_count: count,
  }),
);

/** Of a person without attendance in the meeting. */
const emptyCell = z.object({
  meeting_id: z.string(),
  state: z.enum(["absent", "not_there", "not_counted", "unknown"]),
});
const filledCell = z.object({
  meeting_id: z.string(),
  state: z.enum(CELL_STATES),
  attended_ms: count,
  share: shareOrNull,
  first_joined_at: timeOrNull,
  last_left_at: timeOrNull,
  hosted: z.boolean(),
  inferred: z.boolean(),
  ...CERTAINTY,
});

const registerPerson = named(
  "RegisterPerson",
  z.object({
    key: z.string(),
    name: textOrNull,
    aliases: z.array(z.string()),
    user_id: textOrNull,
    on_list: about(z.nullable(z.boolean()), "null where the room has no class list"),
    identified_by: z.enum(["user_id", "name", "operator", "list", "nothing"]),
    ambiguous: about(z.boolean(), "Several people of the name were in one meeting"),
    is_host: about(z.boolean(), "They hosted more than half of the meetings they came to"),
    attended_count: count,
    attended_ms: count,
    share: shareOrNull,
    late_count: count,
    left_early_count: count,
    hosted_count: count,
    regular: z.nullable(z.boolean()),
    not_lately: z.nullable(z.boolean()),
    missed_since_count: countOrNull,
    last_seen_at: timeOrNull,
    cells: about(z.array(z.union([emptyCell, filledCell])), "One for every meeting"),
  }),
);

export const register = named(
  "Register",
  z.object({
    room: z.object(ROOM),
    class_list: z.nullable(z.object({ id: z.string(), name: textOrNull })),
    from: time,
    to: time,
    time_zone: z.string(),
    as_of: asOf,
    thresholds,
    thresholds_from: thresholdsFrom,
    meetings_count: about(count, "How many there were in those days"),
    left_out: about(
      z.object({ going_on: count, erased: count, nobody: count, short: count }),
      "How many of the meetings do not count, and why",
    ),
    meetings: z.array(registerMeeting),
    people: z.array(registerPerson),
    summary: z.object({
      held_count: count,
      unique_count: count,
      average_attendance: z.nullable(z.number()),
      average_stay_ms: countOrNull,
      average_length_ms: countOrNull,
      attendances_count: count,
      late_count: count,
      left_early_count: count,
      never_missed_count: count,
      regulars_count: countOrNull,
      not_lately_count: countOrNull,
      trend: about(
        z.nullable(z.object({ span: count, lately: z.number(), before: z.number() })),
        "The average attendance of the last meetings, and of as many before; null with fewer than four",
      ),
      hosts_count: count,
    }),
  }),
);

export const roomSettings = named(
  "RoomSettings",
  z.object({
    thresholds,
    start: about(
      z.nullable(
        z.object({
          time_zone: z.string(),
          time: about(textOrNull, "HH:MM, for every day"),
          weekdays: about(
            z.partialRecord(z.enum(WEEKDAYS), z.string()),
            "Days with their own times",
          ),
        }),
      ),
      "When its meetings begin",
    ),
    by: textOrNull,
    changed_at: timeOrNull,
  }),
);

export const roomTitle = z.object({
  id: z.string(),
  room: about(z.string(), "Its key, as its provider names it"),
  title: textOrNull,
});
