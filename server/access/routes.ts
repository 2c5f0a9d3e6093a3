import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { deleteKey, getKeys, keyShape, postKey } from "./api.ts";
import * as answers from "./schema.ts";

export const listKeys: Endpoint = {
  who: "owner",
  ofPart: false,
  summary: "Every key of the API, the revoked ones too, oldest first",
  takes: {},
  body: null,
  answers: { 200: answers.apiKeys },
  respond: () => getKeys(),
};

export const createKey: ChangingEndpoint = {
  who: "owner",
  audit: "key.created",
  ofPart: false,
  summary: "Makes a key, which is answered once",
  takes: {},
  body: keyShape,
  example: { name: "Report" },
  answers: { 201: answers.createdKey },
  fails: ["bad_key"],
  respond: ({ request, ...asking }) => postKey(request, asking),
};

export const revokeKey: ChangingEndpoint<"id"> = {
  who: "owner",
  audit: "key.revoked",
  ofPart: false,
  summary: "Revokes a key for good; what it has open is closed within a second",
  takes: {},
  body: null,
  answers: { 200: answers.apiKey },
  fails: ["not_found"],
  respond: ({ params, ...asking }) => deleteKey(params.id, asking),
};
