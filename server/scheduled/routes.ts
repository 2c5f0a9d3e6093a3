import { z } from "zod";
import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import type { FileEndpoint } from "#server/http/files/file-routes.ts";
import { FILE, ZONE } from "#server/http/takes.ts";
import {
  deleteScheduledMeeting,
  deleteWithdrawal,
  getScheduledMeeting,
  newRosterShape,
  postScheduledMeeting,
  putRoster,
  putScheduledMeeting,
  scheduledListJson,
  withdrawShape,
} from "./api.ts";
import { deleteMatch, matchShape, putMatch, undoMatchShape } from "./api-matches.ts";
import { readGivenRoster } from "./api-roster.ts";
import { exportExpected } from "./export.ts";
import { byShape, scheduleShape } from "./given.ts";
import { rosterShape } from "./given-roster.ts";
import { scheduled } from "./list.ts";
import { ensureOccurrences } from "./occurrences.ts";
import * as answers from "./schema.ts";

const list = scheduled.endpoint(scheduledListJson, {
  summary: "Scheduled meetings by their start, the latest first",
  answer: answers.scheduledList,
});

export const listScheduled: Endpoint = {
  ...list,
  async respond(asked: { url: URL; params: unknown }) {
    await ensureOccurrences(Date.now());
    return list.respond(asked);
  },
};

export const createScheduled: ChangingEndpoint = {
  who: "write",
  audit: "schedule.made",
  ofPart: true,
  summary: "Makes a scheduled meeting",
  takes: {},
  body: scheduleShape,
  answers: { 201: answers.scheduledMeeting },
  fails: ["bad_schedule", "not_found"],
  respond: ({ request, ...asking }) => postScheduledMeeting(request, asking),
};

export const readScheduled: Endpoint<"id"> = {
  who: "read",
  summary: "A scheduled meeting with its roster, and the attendance so far",
  takes: {},
  answers: { 200: answers.scheduledMeeting },
  fails: ["not_found"],
  respond: ({ params }) => getScheduledMeeting(params.id),
};

export const replaceScheduled: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "schedule.changed",
  ofPart: true,
  summary: "Replaces a scheduled meeting; without a roster the roster stays",
  takes: {},
  body: scheduleShape,
  answers: { 200: answers.scheduledMeeting },
  fails: ["bad_schedule", "not_found"],
  respond: ({ request, params, ...asking }) => putScheduledMeeting(request, params.id, asking),
};

export const withdrawScheduled: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "schedule.withdrawn",
  ofPart: true,
  summary: "Withdraws a scheduled meeting and deletes its roster",
  takes: {},
  body: withdrawShape,
  answers: { 200: answers.withdrawn },
  fails: ["bad_schedule", "not_found"],
  respond: ({ request, params, ...asking }) => deleteScheduledMeeting(request, params.id, asking),
};

export const bringScheduledBack: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "schedule.restored",
  ofPart: true,
  summary: "Restores one of a weekly meeting that was left out",
  takes: {},
  body: byShape,
  answers: { 200: answers.scheduledMeeting },
  fails: ["bad_schedule", "not_found"],
  respond: ({ request, params, ...asking }) => deleteWithdrawal(request, params.id, asking),
};

export const replaceRoster: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "schedule.changed",
  ofPart: true,
  summary: "Replaces the roster alone",
  takes: {},
  body: {
    "application/json": newRosterShape,
    "text/csv": z.string(),
    "text/plain": z.string(),
  },
  answers: { 200: answers.scheduledMeeting },
  fails: ["bad_schedule", "not_found"],
  respond: ({ request, params, ...asking }) => putRoster(request, params.id, asking),
};

export const addMatch: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "match.made",
  ofPart: true,
  summary: "States that a person who was seen is that line of the roster",
  takes: {},
  body: matchShape,
  answers: { 200: answers.scheduledMeeting },
  fails: ["bad_schedule", "not_found", "erased"],
  respond: ({ request, params, ...asking }) => putMatch(request, params.id, asking),
};

export const removeMatch: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "match.withdrawn",
  ofPart: true,
  summary: "Takes back what was entered for a line of the roster",
  takes: {},
  body: undoMatchShape,
  answers: { 200: answers.scheduledMeeting },
  fails: ["bad_schedule", "not_found", "erased"],
  respond: ({ request, params, ...asking }) => deleteMatch(request, params.id, asking),
};

export const scheduledFile: FileEndpoint<"id"> = {
  summary: "The expected people of a scheduled meeting",
  of: "scheduled_meeting",
  takes: { ...ZONE, ...FILE },
  fails: ["not_found"],
  respond: ({ url, params }, format) => exportExpected(url, params.id, format),
};

/** Reads a roster that somebody pastes, and stores nothing. */
export const readRoster: ChangingEndpoint = {
  who: "read",
  audit: { nothing: "it says how a roster would be understood, and stores nothing" },
  summary: "How a roster would be understood, line by line; stores nothing",
  takes: {},
  body: rosterShape,
  answers: { 200: answers.rosterRead },
  fails: ["bad_schedule"],
  respond: ({ request }) => readGivenRoster(request),
};
