import type { FileEndpoint } from "#server/files/file-routes.ts";
import { narrowedWords } from "#server/files/intro.ts";
import type { Endpoint } from "#server/http/api.ts";
import { FILE, LIST, RANGE } from "#server/http/takes.ts";
import { deleteApart, getApart, postApart } from "./api-apart.ts";
import { getJoiningPreview } from "./api-joining.ts";
import { deleteLink, postLink } from "./api-links.ts";
import { exportRecord, isInvented, peopleColumns } from "./export.ts";
import { people } from "./list.ts";
import { peopleJson } from "./page.ts";
import { getPerson, getPersonMeetings } from "./person.ts";

const PERSON = ["source", "room", "min_duration_ms", ...RANGE];

export const listPeople: Endpoint = people.endpoint(peopleJson);

export const peopleFile: FileEndpoint = people.file({
  name: "people",
  columns: peopleColumns,
  itemsOf: (rows) => rows,
  batch: 500,
  intro: ({ filter }) => ({ title: "People", narrowed: narrowedWords(filter) }),
  invented: ({ knownAs }) => knownAs.some(isInvented),
});

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
