import type { Endpoint } from "#server/http/api.ts";
import { checkHealth } from "./health.ts";
import { healthy, unhealthy } from "./schema.ts";

/** Whether Rollcall can do its work: needs no key and tells no secrets. */
export const health: Endpoint = {
  who: "anybody",
  summary: "Whether Rollcall can do its work",
  takes: {},
  answers: { 200: healthy, 503: unhealthy },
  respond: () => checkHealth(),
};
