import * as z from "zod/mini";
import {
  COLUMN_MEANINGS,
  COMMAS,
  type ColumnRead,
  type LineRead,
  type PersonRead,
  type RosterQuestion,
  type RosterReading,
} from "#domain/scheduled/reading.ts";
import { ROSTER_ROLES } from "#domain/scheduled/scheduled.ts";
import { START_OUTCOMES, type Witness } from "#domain/scheduled/start-verdict.ts";
import {
  about,
  asOf,
  count,
  countOrNull,
  named,
  pageOf,
  type ShapeOf,
  source,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";
import { CERTAINTY } from "#server/meetings/schema.ts";

const role = z.enum(ROSTER_ROLES);

const READING = {
  lines: z.array(
    z.object({
      line: about(count, "From 1 on"),
      text: z.string(),
      kind: z.enum(["person", "heading", "left_out", "not_understood"]),
      people: z.array(
        z.object({
          name: textOrNull,
          email: textOrNull,
          user_id: textOrNull,
          role,
        } satisfies ShapeOf<PersonRead>),
      ),
      notes: about(z.array(z.string()), "The reason"),
    } satisfies ShapeOf<LineRead>),
  ),
  people_count: count,
  columns: about(
    z.nullable(
      z.array(
        z.object({
          heading: textOrNull,
          as: z.nullable(z.enum(COLUMN_MEANINGS)),
          sample: textOrNull,
        } satisfies ShapeOf<ColumnRead>),
      ),
    ),
    "null where a line is a person and not a row of a table",
  ),
  heading_line: countOrNull,
  commas: about(z.nullable(z.enum(COMMAS)), "How commas in names were read"),
  questions: about(
    z.array(
      z.object({
        field: z.enum(["columns", "commas"]),
        message: z.string(),
      } satisfies ShapeOf<RosterQuestion>),
    ),
    "What must be answered before it can be stored",
  ),
} satisfies ShapeOf<RosterReading>;

const reading = named(
  "RosterRead",
  about(z.object(READING), "How a roster was understood, where it was given as text"),
);

export const rosterRead = z.object({
  ...READING,
  faults: z.array(
    z.object({
      field: z.string(),
      line: z.exactOptional(count),
      message: z.string(),
    }),
  ),
});

const roster_read = z.exactOptional(reading);

const witnesses = z.array(
  z.object({ name: textOrNull, position: countOrNull } satisfies ShapeOf<Witness>),
);

const SCHEDULED = {
  id: z.string(),
  source,
  room: z.string(),
  title: textOrNull,
  starts_at: time,
  ends_at: time,
  tz: z.string(),
  late_after_ms: count,
  verdict_after_ms: about(count, "How long after the start the verdict is taken"),
  class_list: z.nullable(z.object({ id: z.string(), name: textOrNull })),
  repeats: about(
    z.nullable(
      z.object({
        weekdays: about(z.array(z.int().check(z.minimum(1), z.maximum(7))), "1 for Monday"),
        until: about(textOrNull, "The last day; null for no end"),
        day: z.string(),
        changed_alone: z.boolean(),
      }),
    ),
    "Where it is one of those that take place every week",
  ),
  by: textOrNull,
  changed_at: time,
  erased_at: timeOrNull,
  cancelled_at: about(timeOrNull, "Since when its calendar says that it does not take place"),
  from_calendar: about(z.boolean(), "It was taken from a calendar, and follows it"),
  counts: z.object({
    people: count,
    present: count,
    waiting: count,
    late: count,
    expected: count,
    left: count,
    not_admitted: count,
    absent: count,
    came_late: about(count, "How many of those who came were late"),
    unmatched: about(count, "People who came without being on the roster"),
  }),
  verdict: z.object({
    at: time,
    outcome: about(z.nullable(z.enum(START_OUTCOMES)), "null until its time"),
    hosts: witnesses,
    guests: witnesses,
    waiting: witnesses,
  }),
  as_of: asOf,
};

export const scheduledList = pageOf(named("ScheduledMeeting", z.object(SCHEDULED)));

const standing = z.enum([
  "present",
  "waiting",
  "late",
  "expected",
  "left",
  "not_admitted",
  "absent",
]);

const SIGHTING = {
  seen_as: about(textOrNull, "Their name in the meeting"),
  meeting_id: textOrNull,
  person_id: textOrNull,
  first_seen_at: timeOrNull,
  first_joined_at: timeOrNull,
  last_left_at: timeOrNull,
  attended_ms: count,
  ...CERTAINTY,
};

export const scheduledMeeting = named(
  "ScheduledMeetingWithPeople",
  z.object({
    ...SCHEDULED,
    meeting_ids: z.array(z.string()),
    people: about(
      z.array(
        z.object({
          position: count,
          name: textOrNull,
          user_id: textOrNull,
          email: textOrNull,
          role,
          status: standing,
          late_by_ms: countOrNull,
          matched_by: about(
            z.nullable(z.enum(["user_id", "email", "name", "joined", "said"])),
            "joined: by an identity elsewhere; said: an operator entered it",
          ),
          namesakes: z.boolean(),
          ...SIGHTING,
        }),
      ),
      "The roster in its order",
    ),
    unmatched: about(
      z.array(z.object({ status: standing, ...SIGHTING })),
      "People who came without being on the roster",
    ),
    roster_read,
  }),
);

export const withdrawn = z.object({
  id: z.string(),
  withdrawn: z.literal(true),
  undoable: about(z.boolean(), "Whether deleting its withdrawal restores it"),
  by: z.string(),
});

const CLASS_LIST = {
  id: z.string(),
  name: textOrNull,
  people_count: count,
  rooms_count: count,
  by: textOrNull,
  changed_at: time,
  erased_at: timeOrNull,
};

export const classListsPage = pageOf(named("ClassList", z.object(CLASS_LIST)));

export const classList = named(
  "ClassListWithPeople",
  z.object({
    ...CLASS_LIST,
    people: z.array(
      z.object({
        position: count,
        name: textOrNull,
        user_id: textOrNull,
        email: textOrNull,
        role,
      }),
    ),
    also_known_as: about(
      z.array(
        z.object({
          entry: z.string(),
          known_by: z.enum(["name", "user_id"]),
          value: z.string(),
          seen_as: textOrNull,
          by: z.string(),
          at: time,
        }),
      ),
      "Names and ids that operators entered for them",
    ),
    rooms: z.array(
      z.object({
        id: z.string(),
        room: z.string(),
        title: textOrNull,
        source: about(z.string(), "The name of its source"),
      }),
    ),
    roster_read,
  }),
);

export const classListDeleted = z.object({ id: z.string(), deleted: z.literal(true) });

export const classListOfRoom = z.object({
  room_id: z.string(),
  class_list: z.nullable(z.object({ id: z.string(), name: textOrNull })),
});
