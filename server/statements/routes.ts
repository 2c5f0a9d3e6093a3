import type { Endpoint } from "#server/http/api.ts";
import { getStatement, postCheck, postStatement } from "./api.ts";

export const issueStatement: Endpoint = {
  who: "write",
  takes: [],
  respond: ({ request, url, caller }) => postStatement(request, url, caller),
};

/** A statement is shown to anybody who has its number. */
export const readStatement: Endpoint<"id"> = {
  who: "anybody",
  takes: ["hash"],
  respond: ({ url, params }) => getStatement(url, params.id),
};

export const checkStatement: Endpoint<"id"> = {
  who: "anybody",
  takes: ["hash"],
  respond: ({ request, url, params }) => postCheck(request, url, params.id),
};
