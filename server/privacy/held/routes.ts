import type { Endpoint } from "#server/http/api.ts";
import { valueIn, word } from "#server/http/query.ts";
import { getHeld } from "./api.ts";
import { held } from "./schema.ts";

const FORMATS = ["json", "html"] as const;
const format = word(FORMATS).describe("html: to be read; the default is json");

export const readHeld: Endpoint<"id"> = {
  who: "export",
  audit: "file.taken",
  summary: "Everything that is held about a person, as one file",
  takes: { format },
  answers: { 200: held },
  fails: ["not_found"],
  atLength: true,
  respond: ({ url, params, ...asking }) =>
    getHeld(params.id, valueIn(url, "format", format) ?? "json", asking),
};
