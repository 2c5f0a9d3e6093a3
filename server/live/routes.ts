import type { Endpoint } from "#server/http/api.ts";
import { checkHealth, checkReadiness } from "./health.ts";
import { healthy, notHealthy, notReady, ready } from "./schema.ts";

/** Whether Rollcall can do its work: needs no key and tells no secrets. */
export const health: Endpoint = {
  who: "anybody",
  summary: "Whether Rollcall can do its work",
  takes: {},
  answers: { 200: healthy, 503: notHealthy },
  respond: () => checkHealth(),
};

/** Whether a proxy may send requests here: not while the process starts or stops. The public port has it not. */
export const readiness: Endpoint = {
  who: "anybody",
  summary: "Whether this process takes webhooks and shows pages now",
  takes: {},
  answers: { 200: ready, 503: notReady },
  respond: () => checkReadiness(),
};
