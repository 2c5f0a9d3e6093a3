import type { FileEndpoint } from "#server/files/file-routes.ts";
import type { Endpoint } from "#server/http/api.ts";
import { FILE, LIST, RANGE } from "#server/http/takes.ts";
import {
  deleteScheduledMeeting,
  deleteWithdrawal,
  getScheduledMeeting,
  getScheduledMeetings,
  postScheduledMeeting,
  putRoster,
  putScheduledMeeting,
} from "./api.ts";
import {
  deleteClassList,
  getClassList,
  getClassLists,
  postClassList,
  putClassList,
  putClassListOfRoom,
} from "./api-class-lists.ts";
import { deleteMatch, putMatch } from "./api-matches.ts";
import { readGivenRoster } from "./api-roster.ts";
import { exportExpected } from "./export.ts";

export const listScheduled: Endpoint = {
  who: "read",
  takes: ["source", "room", "q", "order", ...RANGE, ...LIST],
  respond: ({ url }) => getScheduledMeetings(url),
};

export const createScheduled: Endpoint = {
  who: "write",
  takes: [],
  respond: ({ request, caller }) => postScheduledMeeting(request, caller),
};

export const readScheduled: Endpoint<"id"> = {
  who: "read",
  takes: [],
  respond: ({ params }) => getScheduledMeeting(params.id),
};

export const replaceScheduled: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) => putScheduledMeeting(request, params.id, caller),
};

export const withdrawScheduled: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) => deleteScheduledMeeting(request, params.id, caller),
};

export const bringScheduledBack: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) => deleteWithdrawal(request, params.id, caller),
};

export const replaceRoster: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) => putRoster(request, params.id, caller),
};

export const addMatch: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) => putMatch(request, params.id, caller),
};

export const removeMatch: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params }) => deleteMatch(request, params.id),
};

export const scheduledFile: FileEndpoint<"id"> = {
  takes: ["tz", ...FILE],
  respond: ({ url, params }, format) => exportExpected(url, params.id, format),
};

/** Reads a roster that somebody pastes, and stores nothing. */
export const readRoster: Endpoint = {
  who: "read",
  takes: [],
  respond: ({ request }) => readGivenRoster(request),
};

export const listClassLists: Endpoint = {
  who: "read",
  takes: LIST,
  respond: ({ url }) => getClassLists(url),
};

export const createClassList: Endpoint = {
  who: "write",
  takes: [],
  respond: ({ request, caller }) => postClassList(request, caller),
};

export const readClassList: Endpoint<"id"> = {
  who: "read",
  takes: [],
  respond: ({ params }) => getClassList(params.id),
};

export const replaceClassList: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) => putClassList(request, params.id, caller),
};

export const removeClassList: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ params }) => deleteClassList(params.id),
};

export const assignClassList: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) => putClassListOfRoom(request, params.id, caller),
};
