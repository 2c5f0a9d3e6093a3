import type { FileEndpoint } from "#server/files/file-routes.ts";
import type { Endpoint } from "#server/http/api.ts";
import { FILE, LIST, ORDER, RANGE } from "#server/http/takes.ts";
import { getMeeting, getMeetingEvents, getMeetings, getNeighbours } from "./api.ts";
import { deleteCorrection, postCorrection } from "./corrections.ts";
import { exportMeetings } from "./export.ts";
import { exportAttendance } from "./export-attendance.ts";

const MEETINGS = ["status", "person", "source", "room", "q", "min_duration_ms", ...RANGE, ...ORDER];

export const listMeetings: Endpoint = {
  who: "read",
  takes: [...MEETINGS, ...LIST],
  respond: ({ url }) => getMeetings(url),
};

export const meetingsFile: FileEndpoint = {
  takes: [...MEETINGS, ...FILE],
  respond: ({ url }, format) => exportMeetings(url, format),
};

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
