import * as z from "zod/mini";
import { OBSERVER_STATES } from "#domain/meeting/observer.ts";
import { OUTCOMES } from "#domain/meeting/wait.ts";
import { LEFT_COUNTS, type LeftCountName } from "#domain/meetings/left-counts.ts";
import {
  about,
  asOf,
  count,
  named,
  pageOf,
  source,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";

export const status = z.enum(["waiting", "live", "ended"]);

export const certainty = named(
  "Certainty",
  about(
    z.enum(["exact", "at_most", "at_least"]),
    "at_most: then or before. at_least: then or later, that long or longer",
  ),
);
const certaintyOrNull = z.nullable(certainty);

/** How sure two moments and a length are. */
export const CERTAINTY = {
  first_joined_is: certaintyOrNull,
  last_left_is: certaintyOrNull,
  attended_is: certaintyOrNull,
};

export const outcome = z.enum(OUTCOMES);

const observer = about(
  z.nullable(
    z.object({
      state: about(z.enum(OBSERVER_STATES), "With not_let_in nothing of the meeting was seen"),
      reason: about(textOrNull, "The provider's own word"),
      by: about(textOrNull, "Who refused or removed it, where that is reported"),
    }),
  ),
  "The bot that watches the meeting; null where none does",
);

/**
 * What each number of how waits were left is called in the API, what it says there, and its heading in files, where its
 * column is called as in the API without `_count`.
 */
export const LEFT_CALLED = {
  waitsLeftCount: {
    name: "waits_left_before_admitted_count",
    about: "Waits whose outcome is left or came_back",
    heading: "Waits left before admitted",
  },
  peopleLeftCount: {
    name: "people_left_before_admitted_count",
    about: "The people of these waits, each once",
    heading: "People who left before admitted",
  },
  peopleLostCount: {
    name: "people_lost_count",
    about: "People with a wait whose outcome is left, each once",
    heading: "People lost while waiting",
  },
} as const satisfies Record<LeftCountName, Record<"name" | "about" | "heading", string>>;

type LeftApiName = (typeof LEFT_CALLED)[LeftCountName]["name"];

/** One value for each of these numbers, by its name in the API. */
export function leftInApi<V>(value: (name: LeftCountName) => V): Record<LeftApiName, V>;
export function leftInApi<V>(value: (name: LeftCountName) => V): Record<string, V> {
  return Object.fromEntries(LEFT_COUNTS.map(({ name }) => [LEFT_CALLED[name].name, value(name)]));
}

const MEETING = {
  id: z.string(),
  source,
  room_id: z.string(),
  room: z.string(),
  title: textOrNull,
  provider_ids: z.array(z.string()),
  status,
  started_at: timeOrNull,
  ended_at: timeOrNull,
  ended_by: z.nullable(z.enum(["provider", "inferred"])),
  seq: about(count, "The number of its last event"),
  present_count: count,
  waiting_count: count,
  people_count: count,
  note_taker_count: about(count, "Note-takers are programs and in no other number"),
  ...leftInApi((name) => about(count, LEFT_CALLED[name].about)),
  left_before_admitted_count: about(count, "The older name of waits_left_before_admitted_count"),
  peak: z.nullable(z.object({ count, at: time })),
  observer,
  erased: about(
    z.nullable(z.object({ at: time, reason: textOrNull })),
    "When and why the meeting's people were erased",
  ),
};

export const meetingRow = named("MeetingRow", z.object(MEETING));

export const meetings = pageOf(
  z.object({
    ...MEETING,
    matched: z.exactOptional(
      about(
        z.nullable(z.object({ person: textOrNull, other_name: textOrNull })),
        "With q: null where its room or title has the words, else who there has them",
      ),
    ),
  }),
);

export const neighbours = z.object({
  before: z.nullable(meetingRow),
  after: z.nullable(meetingRow),
});

const span = z.object({ from: time, to: timeOrNull });

/** From when to when a person was in, by one connection. */
export const VISIT = {
  joined_at: time,
  left_at: timeOrNull,
  start: about(
    z.enum(["reported", "first_seen", "inferred"]),
    "first_seen: the bot found them there. inferred: only the leave was reported",
  ),
  end: about(
    z.nullable(z.enum(["reported", "inferred", "operator"])),
    "null while open; operator: entered that they are not here any more",
  ),
  left_by: about(timeOrNull, "When it must have ended, where that is known"),
};

export const personInMeeting = named(
  "PersonInMeeting",
  z.object({
    id: z.string(),
    name: textOrNull,
    user_id: textOrNull,
    user_id_shared: about(z.boolean(), "Several people had the same user id at once"),
    identified_by: z.enum(["user_id", "name", "operator", "connection"]),
    status: about(
      z.enum(["waiting", "present", "left", "not_admitted", "not_known"]),
      "not_known: nobody reported that they left but something shows that they may have",
    ),
    is_host: z.boolean(),
    visits: z.array(z.object({ ...VISIT, participant_id: z.string() })),
    attended: about(z.array(span), "After short gaps are closed"),
    attended_ms: count,
    unknown_ms: about(count, "How much longer it can have been"),
    first_joined_at: timeOrNull,
    last_left_at: timeOrNull,
    last_left_by: timeOrNull,
    ...CERTAINTY,
  }),
);

export const meeting = named(
  "Meeting",
  z.object({
    ...MEETING,
    observers: about(
      z.array(
        z.object({
          bot: about(z.string(), "The key of its own room, which is its id"),
          state: z.enum(OBSERVER_STATES),
          reason: textOrNull,
          by: textOrNull,
          from: about(time, "When it came in, or first reported anything"),
          to: timeOrNull,
        }),
      ),
      "Each bot that watches the meeting: several at one address at one time are in one meeting",
    ),
    people: z.array(personInMeeting),
    note_takers: z.array(personInMeeting),
    waits: z.array(
      z.object({
        id: z.string(),
        person_id: z.string(),
        name: textOrNull,
        started_at: time,
        ended_at: timeOrNull,
        duration_ms: count,
        duration_is: certainty,
        outcome,
        inferred: z.boolean(),
      }),
    ),
    hosts: z.array(
      z.object({
        person_id: z.string(),
        name: textOrNull,
        from: time,
        to: timeOrNull,
        inferred: z.boolean(),
      }),
    ),
    as_of: asOf,
  }),
);

export const correction = z.object({
  ruling: about(z.string(), "Takes the correction back"),
  meeting_id: z.string(),
  seq: count,
  by: z.string(),
});
