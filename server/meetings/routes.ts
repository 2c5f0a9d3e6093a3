import type { FileEndpoint } from "#server/files/file-routes.ts";
import { narrowedWords } from "#server/files/intro.ts";
import type { Endpoint } from "#server/http/api.ts";
import { textIn } from "#server/http/query.ts";
import { FILE } from "#server/http/takes.ts";
import { getMeeting, getMeetingEvents, getNeighbours, meetingsJson } from "./api.ts";
import { deleteCorrection, postCorrection } from "./corrections.ts";
import { meetingColumns } from "./export.ts";
import { exportAttendance } from "./export-attendance.ts";
import { meetings, newestMeetings } from "./list.ts";
import { meetingListRowOf } from "./page.ts";

const inOrder = meetings.endpoint(meetingsJson);
const newestFirst = newestMeetings.endpoint(meetingsJson);

/** Newest first. Where the query names an order: meetings in progress first, then that order. */
export const listMeetings: Endpoint = {
  ...inOrder,
  respond: (asked: { url: URL }) => (isInOrder(asked.url) ? inOrder : newestFirst).respond(asked),
};

export const meetingsFile: FileEndpoint = meetings.file({
  name: "meetings",
  columns: meetingColumns,
  itemsOf: (rows, { reader, now }) => meetingListRowOf(reader, rows, now),
  batch: 500,
  intro: ({ filter }) => ({ title: "Meetings", narrowed: narrowedWords(filter) }),
  invented: ({ source }) => source.demo === true,
});

export const readMeeting: Endpoint<"id"> = {
  who: "read",
  takes: ["grace_ms"],
  respond: ({ url, params }) => getMeeting(url, params.id),
};

export const attendanceFile: FileEndpoint<"id"> = {
  takes: ["grace_ms", "tz", ...FILE],
  respond: ({ url, params }, format) => exportAttendance(url, params.id, format),
};

export const listMeetingEvents: Endpoint<"id"> = {
  who: "read",
  takes: ["after_seq", "limit"],
  respond: ({ url, params }) => getMeetingEvents(url, params.id),
};

export const readNeighbours: Endpoint<"id"> = {
  who: "read",
  takes: [],
  respond: ({ url, params }) => getNeighbours(url, params.id),
};

export const createCorrection: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) => postCorrection(request, params.id, caller),
};

export const undoCorrection: Endpoint<"id" | "ruling"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) =>
    deleteCorrection(request, params.id, params.ruling, caller),
};

function isInOrder(url: URL): boolean {
  return textIn(url, "sort") !== null || textIn(url, "order") !== null;
}
