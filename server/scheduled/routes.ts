import type { FileEndpoint } from "#server/files/file-routes.ts";
import type { Endpoint } from "#server/http/api.ts";
import { FILE } from "#server/http/takes.ts";
import {
  deleteScheduledMeeting,
  deleteWithdrawal,
  getScheduledMeeting,
  postScheduledMeeting,
  putRoster,
  putScheduledMeeting,
  scheduledListJson,
} from "./api.ts";
import {
  classListsJson,
  deleteClassList,
  getClassList,
  postClassList,
  putClassList,
  putClassListOfRoom,
} from "./api-class-lists.ts";
import { deleteMatch, putMatch } from "./api-matches.ts";
import { readGivenRoster } from "./api-roster.ts";
import { classLists } from "./class-lists.ts";
import { exportExpected } from "./export.ts";
import { scheduled } from "./list.ts";
import { ensureOccurrences } from "./occurrences.ts";

const list = scheduled.endpoint(scheduledListJson);

export const listScheduled: Endpoint = {
  ...list,
  async respond(asked: { url: URL }) {
    await ensureOccurrences(Date.now());
    return list.respond(asked);
  },
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

export const listClassLists: Endpoint = classLists.endpoint(classListsJson);

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
