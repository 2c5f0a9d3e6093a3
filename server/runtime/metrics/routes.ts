import type { Endpoint } from "#server/http/api.ts";
import { CONTENT_TYPE, exposition } from "./exposition.ts";

/** Numbers to be scraped by Prometheus; `docs/monitoring.md` says how. */
export const readMetrics: Endpoint = {
  who: "read",
  summary: "Metrics of what goes on, and of this process, for Prometheus",
  takes: {},
  text: "text/plain",
  answers: { 200: "Text in the exposition format of Prometheus" },
  respond: async () =>
    new Response(await exposition(), { headers: { "content-type": CONTENT_TYPE } }),
};
