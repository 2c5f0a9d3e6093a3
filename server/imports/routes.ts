import type { Endpoint } from "#server/http/api.ts";
import { deleteImport, getImport, importsJson } from "./api.ts";
import { postImport } from "./api-import.ts";
import { imports } from "./list.ts";

export const listImports: Endpoint = imports.endpoint(importsJson);

export const createImport: Endpoint = {
  who: "write",
  atLength: true,
  takes: ["file", "format", "tz", "dates", "day", "room", "columns", "dry_run", "by"],
  respond: ({ request, url, caller }) => postImport(request, url, caller),
};

export const readImport: Endpoint<"id"> = {
  who: "read",
  takes: [],
  respond: ({ params }) => getImport(params.id),
};

export const undoImport: Endpoint<"id"> = {
  who: "write",
  atLength: true,
  takes: ["dry_run"],
  respond: ({ request, url, params, caller }) => deleteImport(request, url, params.id, caller),
};
