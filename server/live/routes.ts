import type { Endpoint } from "#server/http/api.ts";
import { checkHealth } from "./health.ts";

/** Whether Rollcall can do its work: needs no key and tells no secrets. */
export const health: Endpoint = { who: "anybody", takes: [], respond: () => checkHealth() };
