import { z } from "zod";
import { expected } from "#server/providers/contract/reading.ts";

// Whoever sends these reads our documentation, so a wrong field is refused with its name rather than dropped.
// Unknown fields are ignored: a newer sender may know more.

const text = z.string({ error: expected("text") });
const object = { error: expected("an object") };

export const EVENT_TYPES = [
  "meeting.started",
  "meeting.ended",
  "participant.joined",
  "participant.left",
  "participant.waiting",
  "participant.admitted",
  "participant.refused",
  "participant.role_changed",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Decides whether the body is one of our events; the other fields are checked only then. */
export const TypedBody = z.object({ type: text }, object);

const Room = z.object({ key: text, title: text.nullish() }, object);

export const GenericMeeting = z.object(
  {
    room: Room,
    meeting_id: text.nullish(),
    at: text,
    reason: text.nullish(),
  },
  object,
);

export const GenericParticipant = z.object(
  {
    room: Room,
    meeting_id: text.nullish(),
    participant: z.object(
      {
        id: text,
        user_id: text.nullish(),
        name: text.nullish(),
        is_host: z.boolean({ error: expected("true or false") }).nullish(),
      },
      object,
    ),
    at: text,
    joined_at: text.nullish(),
    reason: text.nullish(),
  },
  object,
);

export type GenericParticipant = z.infer<typeof GenericParticipant>;
