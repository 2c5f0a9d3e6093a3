import type { Endpoint } from "#server/http/api.ts";
import { deleteDemonstration, getDemonstration, getRemoval } from "./api.ts";

export const readDemonstration: Endpoint = {
  who: "read",
  takes: [],
  respond: () => getDemonstration(),
};

export const removeDemonstration: Endpoint = {
  who: "write",
  takes: [],
  respond: ({ request, caller }) => deleteDemonstration(request, caller),
};

export const readRemoval: Endpoint = { who: "read", takes: [], respond: () => getRemoval() };
