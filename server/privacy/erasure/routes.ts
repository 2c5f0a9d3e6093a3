import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { erasureShape, getErasure, getErasurePreview, postErasure } from "./api.ts";
import { erasurePreview, erasureUnderWay } from "./schema.ts";

export const readErasurePreview: Endpoint<"id"> = {
  who: "owner",
  ofPart: false,
  body: null,
  summary: "What erasing a person would take, by place",
  takes: {},
  answers: { 200: erasurePreview },
  fails: ["not_found"],
  respond: ({ params }) => getErasurePreview(params.id),
};

export const createErasure: ChangingEndpoint<"id"> = {
  who: "owner",
  audit: "person.erased",
  ofPart: false,
  summary: "Begins to erase a person everywhere; it cannot be undone",
  takes: {},
  body: erasureShape,
  example: { name: "Ada Lovelace" },
  answers: { 202: erasureUnderWay },
  fails: ["bad_erasure", "not_found", "name_differs", "erasure_going_on"],
  respond: ({ request, params, ...asking }) => postErasure(request, params.id, asking),
};

export const readErasure: Endpoint = {
  who: "owner",
  ofPart: false,
  body: null,
  summary: "How far the erasure of a person is",
  takes: {},
  answers: { 200: erasureUnderWay },
  respond: () => getErasure(),
};
