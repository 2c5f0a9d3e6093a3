import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { leaveOutShape, postLeftOut, postTaken, takeShape } from "./api.ts";
import { offers, offersJson } from "./list.ts";
import * as answers from "./schema.ts";

export const listCalendarEvents: Endpoint = offers.endpoint(offersJson, {
  summary: "What calendars have that is not over, by its start, and what became of it here",
  answer: answers.calendarEventsList,
});

export const takeCalendarEvents: ChangingEndpoint = {
  who: "write",
  audit: "calendar.taken",
  ofPart: true,
  summary:
    "Takes meetings of calendars, so that they are expected and follow their calendar; those that are expected are as their calendar has them again",
  takes: {},
  body: takeShape,
  answers: { 200: answers.taken },
  fails: ["bad_calendar_events", "not_found"],
  respond: ({ request, ...asking }) => postTaken(request, asking),
};

export const leaveCalendarEventsOut: ChangingEndpoint = {
  who: "write",
  audit: "calendar.left_out",
  ofPart: true,
  summary: "Leaves meetings of calendars out of what is offered, or offers them again",
  takes: {},
  body: leaveOutShape,
  answers: { 200: answers.leftOut },
  fails: ["bad_calendar_events", "not_found"],
  respond: ({ request, ...asking }) => postLeftOut(request, asking),
};
