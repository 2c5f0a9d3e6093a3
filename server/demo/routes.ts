import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { deleteDemonstration, getDemonstration, getRemoval, removalShape } from "./api.ts";
import { demonstration, removalUnderWay } from "./schema.ts";

export const readDemonstration: Endpoint = {
  who: "read",
  ofPart: false,
  summary: "How much of a demonstration is stored, and how far its removal is",
  takes: {},
  answers: { 200: demonstration },
  respond: () => getDemonstration(),
};

export const removeDemonstration: ChangingEndpoint = {
  who: "manage",
  audit: "demo.removed",
  ofPart: false,
  summary: "Begins to remove the demonstration",
  takes: {},
  body: removalShape,
  answers: { 202: removalUnderWay },
  fails: ["bad_removal"],
  respond: ({ request, ...asking }) => deleteDemonstration(request, asking),
};

export const readRemoval: Endpoint = {
  who: "read",
  ofPart: false,
  summary: "How far the removal is, without counting what is left",
  takes: {},
  answers: { 200: removalUnderWay },
  respond: () => getRemoval(),
};
