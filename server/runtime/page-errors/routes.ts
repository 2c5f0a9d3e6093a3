import type { ChangingEndpoint } from "#server/http/api.ts";
import { pageErrorShape } from "./cleaned.ts";
import { postPageError } from "./report.ts";
import { reported } from "./schema.ts";

export const reportPageError: ChangingEndpoint = {
  who: "self",
  ofPart: true,
  summary: "Reports an error of a page in a browser to the log of the server",
  takes: {},
  body: pageErrorShape,
  example: {
    kind: "error",
    type: "TypeError",
    message: "this is not a function",
    stack: "",
    page: "/people/[id]",
  },
  answers: { 202: reported },
  fails: ["bad_page_error"],
  audit: { nothing: "it is a line of the log, and changes nothing that is stored" },
  respond: postPageError,
};
