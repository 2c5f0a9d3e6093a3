import type { Endpoint } from "#server/http/api.ts";
import { LIST } from "#server/http/takes.ts";
import { getSources, patchSource } from "./api.ts";
import { getDeliveries, getDelivery } from "./deliveries.ts";
import { getInstallation, patchInstallation } from "./installation.ts";

export const listSources: Endpoint = { who: "read", takes: [], respond: () => getSources() };

export const changeSource: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params }) => patchSource(request, params.id),
};

export const listDeliveries: Endpoint = {
  who: "read",
  takes: ["source", "room", "status", "id", ...LIST],
  repeats: ["id"],
  respond: ({ url }) => getDeliveries(url),
};

export const readDelivery: Endpoint<"id"> = {
  who: "read",
  takes: [],
  respond: ({ params }) => getDelivery(params.id),
};

export const readInstallation: Endpoint = {
  who: "read",
  takes: [],
  respond: () => getInstallation(),
};

export const changeInstallation: Endpoint = {
  who: "write",
  takes: [],
  respond: ({ request }) => patchInstallation(request),
};
