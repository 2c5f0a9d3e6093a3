import { z } from "zod";
import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { text, word } from "#server/http/query.ts";
import { ZONE } from "#server/http/takes.ts";
import { IMPORT_FORMATS } from "#server/providers/import/languages/roles.ts";
import { deleteImport, getImport, importsJson, undoImportShape } from "./api.ts";
import { ORDERS, postImport } from "./api-import.ts";
import { imports } from "./list.ts";
import * as answers from "./schema.ts";

const dry_run = word(["true", "false"]).describe("true: answers what would be, and does nothing");

const IMPORT = {
  file: text.describe("The name of the file, where it is the body"),
  format: word(IMPORT_FORMATS).describe("What wrote the file; else it is recognised"),
  ...ZONE,
  dates: word(ORDERS).describe("The order of dates that may be read either way"),
  day: text.describe("The day, where the file has times only"),
  room: text.describe("The room, where the file does not name it"),
  columns: text.describe("What unknown columns mean: JSON, or Nama=name,Masuk=joined"),
  dry_run,
  by: text.describe("Who imports it, for a browser"),
};

const file = z.string().meta({ override: { type: "string", format: "binary" } });
const form = z.object({ ...z.object(IMPORT).partial().shape, file });

export const listImports: Endpoint = imports.endpoint(importsJson, {
  summary: "What was imported, newest first",
  answer: answers.imports,
});

export const createImport: ChangingEndpoint = {
  who: "deliver",
  ofPart: false,
  atLength: true,
  audit: "import.done",
  summary: "Adds an attendance file of Zoom, Teams or Meet; 200 for a dry run",
  takes: IMPORT,
  body: { "application/octet-stream": file, "multipart/form-data": form },
  answers: { 200: answers.importResult, 201: answers.importResult },
  fails: ["bad_import", "read_otherwise", "not_understood"],
  respond: ({ request, url, ...asking }) => postImport(request, url, asking),
};

export const readImport: Endpoint<"id"> = {
  who: "read",
  summary: "One import, and what taking it back would remove",
  takes: {},
  answers: { 200: answers.importWithPreview },
  fails: ["not_found"],
  respond: ({ params }) => getImport(params.id),
};

export const undoImport: ChangingEndpoint<"id"> = {
  who: "deliver",
  ofPart: false,
  atLength: true,
  audit: "import.undone",
  summary: "Takes an import back",
  takes: { dry_run },
  body: undoImportShape,
  answers: { 200: answers.importUndone },
  fails: ["bad_import", "not_found", "deliveries_dropped"],
  respond: ({ request, url, params, ...asking }) => deleteImport(request, url, params.id, asking),
};
