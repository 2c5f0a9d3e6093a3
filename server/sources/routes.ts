import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { getSources, patchSource, sourceShape } from "./api.ts";
import { getInstallation, installationShape, patchInstallation } from "./installation.ts";
import * as answers from "./schema.ts";

export const listSources: Endpoint = {
  who: "read",
  summary: "Every source with its settings, oldest first",
  takes: {},
  answers: { 200: answers.sources },
  respond: () => getSources(),
};

export const changeSource: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "source.changed",
  ofPart: false,
  summary: "Sets what is given of a source; past meetings that it affects are rebuilt",
  takes: {},
  body: sourceShape,
  example: { name: "Clinic 2" },
  answers: { 200: answers.sourceWithSettings },
  fails: ["bad_source", "being_deleted", "not_found"],
  respond: ({ request, params, ...asking }) => patchSource(request, params.id, asking),
};

export const readInstallation: Endpoint = {
  who: "read",
  summary: "The settings of the whole installation",
  takes: {},
  answers: { 200: answers.installation },
  respond: () => getInstallation(),
};

export const changeInstallation: ChangingEndpoint = {
  who: "manage",
  audit: "settings.changed",
  ofPart: false,
  summary: "Sets the installation's zone; null returns to the server's",
  takes: {},
  body: installationShape,
  example: { time_zone: null },
  answers: { 200: answers.installation },
  fails: ["bad_installation", "set_by_variable"],
  respond: ({ request, ...asking }) => patchInstallation(request, asking),
};
