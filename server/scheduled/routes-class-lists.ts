import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import {
  classListShape,
  classListsJson,
  deleteClassList,
  getClassList,
  listOfRoomShape,
  postClassList,
  putClassList,
  putClassListOfRoom,
} from "./api-class-lists.ts";
import { classLists } from "./class-lists.ts";
import * as answers from "./schema.ts";

export const listClassLists: Endpoint = classLists.endpoint(classListsJson, {
  summary: "Class lists by name",
  answer: answers.classListsPage,
});

export const createClassList: ChangingEndpoint = {
  who: "write",
  audit: "class_list.made",
  ofPart: false,
  summary: "Makes a class list",
  takes: {},
  body: classListShape,
  answers: { 201: answers.classList },
  fails: ["bad_schedule"],
  respond: ({ request, ...asking }) => postClassList(request, asking),
};

export const readClassList: Endpoint<"id"> = {
  who: "read",
  summary: "A class list with its people and rooms",
  takes: {},
  answers: { 200: answers.classList },
  fails: ["not_found"],
  respond: ({ params }) => getClassList(params.id),
};

export const replaceClassList: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "class_list.changed",
  ofPart: false,
  summary: "Replaces a class list; without a roster the people stay",
  takes: {},
  body: classListShape,
  answers: { 200: answers.classList },
  fails: ["bad_schedule", "not_found"],
  respond: ({ request, params, ...asking }) => putClassList(request, params.id, asking),
};

export const removeClassList: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "class_list.removed",
  ofPart: false,
  summary: "Deletes a class list",
  takes: {},
  body: null,
  answers: { 200: answers.classListDeleted },
  fails: ["not_found"],
  respond: ({ params, ...asking }) => deleteClassList(params.id, asking),
};

export const assignClassList: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "class_list.assigned",
  ofPart: true,
  summary: "Gives a class list to a room, or to the series it stands for; null removes it",
  takes: {},
  body: listOfRoomShape,
  answers: { 200: answers.classListOfRoom },
  fails: ["bad_schedule", "not_found"],
  respond: ({ request, params, ...asking }) => putClassListOfRoom(request, params.id, asking),
};
