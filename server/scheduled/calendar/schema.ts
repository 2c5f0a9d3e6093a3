import * as z from "zod/mini";
import { OFFER_STATES } from "#domain/scheduled/calendar/calendar-event.ts";
import { ROSTER_ROLES } from "#domain/scheduled/scheduled.ts";
import { about, count, pageOf, source, textOrNull, time } from "#server/http/schema.ts";

const calendarEvent = z.object({
  id: z.string(),
  source,
  title: textOrNull,
  room: about(z.string(), "The address of the meeting, without what is a password in it"),
  starts_at: time,
  ends_at: time,
  cancelled: z.boolean(),
  people: about(
    z.array(z.object({ name: textOrNull, email: textOrNull, role: z.enum(ROSTER_ROLES) })),
    "Whom it invites, without those who declined; who organizes it is its host",
  ),
  state: z.enum(OFFER_STATES),
  scheduled_meeting_id: about(textOrNull, "The scheduled meeting that was made of it"),
  left_out_by: textOrNull,
});

export const calendarEventsList = pageOf(calendarEvent);

export const taken = z.object({
  taken: about(
    z.array(z.object({ scheduled_meeting_id: z.string(), made: z.boolean() })),
    "made: it was not expected before; others are again as their calendar has them",
  ),
});

export const leftOut = z.object({ changed: count });
