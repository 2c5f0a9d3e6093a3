import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { text } from "#server/http/query.ts";
import { checkShape, getStatement, postCheck, postStatement, statementShape } from "./api.ts";
import { statement, statementChecked } from "./schema.ts";

const hash = text.describe("The hash to compare with; it may stand in groups");

export const issueStatement: ChangingEndpoint = {
  who: "write",
  audit: ["statement.made", "statement.opened"],
  ofPart: true,
  summary: "States what a person attended; 200 where the very same was stated before",
  takes: {},
  body: statementShape,
  answers: { 200: statement, 201: statement },
  fails: [
    "bad_statement",
    "too_many_meetings",
    "not_found",
    "meeting_going_on",
    "several_of_that_name",
  ],
  respond: ({ request, url, ...asking }) => postStatement(request, url, asking),
};

/** A statement is shown to anybody who has its number. */
export const readStatement: Endpoint<"id"> = {
  who: "anybody",
  audit: "statement.opened",
  summary: "A statement, and whether it is still true",
  takes: { hash },
  answers: { 200: statementChecked },
  fails: ["not_found"],
  respond: ({ url, params, from }) => getStatement(url, params.id, from),
};

export const checkStatement: ChangingEndpoint<"id"> = {
  who: "anybody",
  audit: "statement.opened",
  summary: "Compares what the caller has with what was issued",
  takes: { hash },
  body: checkShape,
  answers: { 200: statementChecked },
  fails: ["bad_check", "not_found"],
  respond: ({ request, url, params, from }) => postCheck(request, url, params.id, from),
};
