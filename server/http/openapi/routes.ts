import openapi from "#docs/openapi.json" with { type: "json" };
import type { Endpoint } from "#server/http/api.ts";
import { openApi } from "./schema.ts";

/** The document of the API itself: it has no data of anybody, so it needs no key. */
export const readOpenApi: Endpoint = {
  who: "anybody",
  summary: "This document: the API in OpenAPI 3.1",
  takes: {},
  answers: { 200: openApi },
  respond: async () => Response.json(openapi),
};
