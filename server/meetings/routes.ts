import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import type { FileEndpoint } from "#server/http/files/file-routes.ts";
import { narrowedWords } from "#server/http/files/intro.ts";
import { textIn } from "#server/http/query.ts";
import { FILE, LIST, ZONE } from "#server/http/takes.ts";
import { getMeeting, getMeetingEvents, getNeighbours, meetingsJson } from "./api.ts";
import { correctionShape, deleteCorrection, postCorrection, undoShape } from "./corrections.ts";
import { events } from "./event-schema.ts";
import { meetingColumns } from "./export.ts";
import { exportAttendance } from "./export-attendance.ts";
import { meetings, newestMeetings } from "./list.ts";
import { meetingListRowOf } from "./page.ts";
import { AFTER_SEQ, GRACE } from "./query.ts";
import * as answers from "./schema.ts";

const described = {
  summary: "Every meeting, newest first; with sort or order those in progress come first",
  answer: answers.meetings,
};
const inOrder = meetings.endpoint(meetingsJson, described);
const newestFirst = newestMeetings.endpoint(meetingsJson, described);
const MOVED = "The meeting was merged: Location is where it is now";

/** Newest first. Where the query names an order: meetings in progress first, then that order. */
const listMeetings: Endpoint = {
  ...inOrder,
  respond: (asked: { url: URL; params: unknown }) =>
    (isInOrder(asked.url) ? inOrder : newestFirst).respond(asked),
};

const meetingsFile: FileEndpoint = meetings.file({
  summary: "Meetings as a file",
  name: "meetings",
  columns: meetingColumns,
  itemsOf: (rows, { reader, now }) => meetingListRowOf(reader, rows, now),
  batch: 500,
  intro: ({ filter }) => ({ title: "Meetings", narrowed: narrowedWords(filter) }),
  invented: ({ source }) => source.demo === true,
});

export const meetingLists = { list: listMeetings, file: meetingsFile };

export const readMeeting: Endpoint<"id"> = {
  who: "read",
  summary: "One meeting as of now, with its people, waits and hosts",
  takes: { grace_ms: GRACE },
  answers: { 200: answers.meeting, 307: MOVED },
  fails: ["not_found"],
  respond: ({ url, params }) => getMeeting(url, params.id),
};

export const attendanceFile: FileEndpoint<"id"> = {
  summary: "The people of a meeting, in order of appearance",
  of: "meeting",
  takes: { grace_ms: GRACE, ...ZONE, ...FILE },
  fails: ["not_found"],
  respond: ({ url, params }, format) => exportAttendance(url, params.id, format),
};

export const listMeetingEvents: Endpoint<"id"> = {
  who: "read",
  summary: "The events of a meeting in the order of seq",
  takes: {
    after_seq: AFTER_SEQ,
    limit: LIST.limit,
  },
  answers: { 200: events, 307: MOVED },
  fails: ["not_found"],
  respond: ({ url, params }) => getMeetingEvents(url, params.id),
};

export const readNeighbours: Endpoint<"id"> = {
  who: "read",
  summary: "The meetings of its room before and after it",
  takes: {},
  answers: { 200: answers.neighbours, 307: MOVED },
  fails: ["not_found"],
  respond: ({ url, params }) => getNeighbours(url, params.id),
};

export const createCorrection: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "correction.made",
  ofPart: true,
  summary: "Corrects who is who, what is one meeting, or who is not there any more",
  takes: {},
  body: correctionShape,
  answers: { 201: answers.correction },
  fails: ["bad_ruling", "not_found", "not_to_be_said"],
  respond: ({ request, params, ...asking }) => postCorrection(request, params.id, asking),
};

export const undoCorrection: ChangingEndpoint<"id" | "ruling"> = {
  who: "write",
  audit: "correction.withdrawn",
  ofPart: true,
  summary: "Takes a correction back",
  takes: {},
  body: undoShape,
  answers: { 200: answers.correction },
  fails: ["bad_ruling", "not_found", "not_to_be_said"],
  respond: ({ request, params, ...asking }) =>
    deleteCorrection(request, params.id, params.ruling, asking),
};

function isInOrder(url: URL): boolean {
  return textIn(url, "sort") !== null || textIn(url, "order") !== null;
}
