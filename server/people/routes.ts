import type { FileEndpoint } from "#server/files/file-routes.ts";
import type { Endpoint } from "#server/http/api.ts";
import { FILE, LIST, ORDER, RANGE } from "#server/http/takes.ts";
import { deleteApart, getApart, postApart } from "./api-apart.ts";
import { getJoiningPreview } from "./api-joining.ts";
import { deleteLink, postLink } from "./api-links.ts";
import { exportPeople, exportRecord } from "./export.ts";
import { getPeople } from "./page.ts";
import { getPerson, getPersonMeetings } from "./person.ts";

const PEOPLE = ["source", "room", "q", "min_duration_ms", ...RANGE, ...ORDER];
const PERSON = ["source", "room", "min_duration_ms", ...RANGE];

export const listPeople: Endpoint = {
  who: "read",
  takes: [...PEOPLE, ...LIST],
  respond: ({ url }) => getPeople(url),
};

export const peopleFile: FileEndpoint = {
  takes: [...PEOPLE, ...FILE],
  respond: ({ url }, format) => exportPeople(url, format),
};

export const readPerson: Endpoint<"id"> = {
  who: "read",
  takes: PERSON,
  respond: ({ url, params }) => getPerson(url, params.id),
};

export const listMeetingsOfPerson: Endpoint<"id"> = {
  who: "read",
  takes: [...PERSON, ...LIST],
  respond: ({ url, params }) => getPersonMeetings(url, params.id),
};

export const recordFile: FileEndpoint<"id"> = {
  takes: [...PERSON, ...FILE],
  respond: ({ url, params }, format) => exportRecord(url, params.id, format),
};

export const previewLink: Endpoint<"id" | "other"> = {
  who: "read",
  takes: [],
  respond: ({ params }) => getJoiningPreview(params.id, params.other),
};

export const createLink: Endpoint = {
  who: "write",
  takes: [],
  respond: ({ request, caller }) => postLink(request, caller),
};

export const undoLink: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) => deleteLink(request, params.id, caller),
};

export const listApart: Endpoint = { who: "read", takes: [], respond: ({ url }) => getApart(url) };

export const createApart: Endpoint = {
  who: "write",
  takes: [],
  respond: ({ request, caller }) => postApart(request, caller),
};

export const undoApart: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) => deleteApart(request, params.id, caller),
};
