import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import type { FileEndpoint } from "#server/http/files/file-routes.ts";
import { narrowedWords } from "#server/http/files/intro.ts";
import { apartShape, deleteApart, pairsApartJson, postApart, undoApartShape } from "./api-apart.ts";
import { getJoiningPreview } from "./api-joining.ts";
import { deleteLink, linkShape, postLink, undoLinkShape } from "./api-links.ts";
import { attended, attendedJson } from "./attended.ts";
import { aboutPerson, isInvented, peopleColumns, recordColumns, recordIntro } from "./export.ts";
import { pairsApart, people } from "./list.ts";
import { peopleJson } from "./page.ts";
import { getPerson } from "./person.ts";
import * as answers from "./schema.ts";

const listPeople: Endpoint = people.endpoint(peopleJson, {
  summary: "Everybody over all meetings of their source",
  answer: answers.people,
});

const peopleFile: FileEndpoint = people.file({
  summary: "People as a file",
  name: "people",
  columns: peopleColumns,
  itemsOf: (rows) => rows,
  batch: 500,
  intro: ({ filter }) => ({ title: "People", narrowed: narrowedWords(filter) }),
  invented: ({ knownAs }) => knownAs.some(isInvented),
});

export const peopleLists = { list: listPeople, file: peopleFile };

export const readPerson: Endpoint<"id"> = {
  who: "read",
  summary: "One person, in all or as far as the parameters say",
  takes: attended.takes,
  answers: { 200: answers.personRecord },
  fails: ["not_found"],
  respond: ({ url, params }) => getPerson(url, params.id),
};

export const listMeetingsOfPerson: Endpoint<"id"> = attended.endpoint(attendedJson, {
  summary: "Every meeting the person was at, newest first",
  answer: answers.meetingsAttended,
});

export const recordFile: FileEndpoint<"id"> = {
  of: "person",
  ...attended.file({
    summary: "The meetings of a person",
    name: "record",
    columns: recordColumns,
    itemsOf: (rows) => rows,
    batch: 500,
    intro: recordIntro,
    invented: isInvented,
    whose: aboutPerson,
  }),
};

export const previewLink: Endpoint<"id" | "other"> = {
  who: "read",
  summary: "What would come of joining two people",
  takes: {},
  answers: { 200: answers.joining },
  fails: ["not_found", "already_joined", "too_many_together"],
  respond: ({ params }) => getJoiningPreview(params.id, params.other),
};

export const createLink: ChangingEndpoint = {
  who: "write",
  audit: "correction.made",
  ofPart: true,
  summary: "Joins two people: they are one person",
  takes: {},
  body: linkShape,
  answers: { 201: answers.link },
  fails: ["bad_link", "not_found", "already_joined"],
  respond: ({ request, ...asking }) => postLink(request, asking),
};

export const undoLink: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "correction.withdrawn",
  ofPart: true,
  summary: "Takes a joining back",
  takes: {},
  body: undoLinkShape,
  answers: { 200: answers.linkUndone },
  fails: ["bad_link", "not_found"],
  respond: ({ request, params, ...asking }) => deleteLink(request, params.id, asking),
};

export const listApart: Endpoint = pairsApart.endpoint(pairsApartJson, {
  summary: "The pairs of people who are not the same, newest first",
  answer: answers.allApart,
});

export const createApart: ChangingEndpoint = {
  who: "write",
  audit: "correction.made",
  ofPart: true,
  summary: "States that two people are not the same, whatever their names are",
  takes: {},
  body: apartShape,
  answers: { 201: answers.apart },
  fails: ["bad_pair", "not_found", "already_joined", "already_apart"],
  respond: ({ request, ...asking }) => postApart(request, asking),
};

export const undoApart: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "correction.withdrawn",
  ofPart: true,
  summary: "Takes such a correction back",
  takes: {},
  body: undoApartShape,
  answers: { 200: answers.apartUndone },
  fails: ["bad_pair", "not_found"],
  respond: ({ request, params, ...asking }) => deleteApart(request, params.id, asking),
};
