import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { connectable } from "#server/providers/providers.ts";
import { newSourceShape, postSource } from "./adding.ts";
import { getSource } from "./api.ts";
import { apiKeyShape, deleteApiKey, putApiKey } from "./api-key.ts";
import { deleteSource, deletionShape, getContents, setRebuild } from "./deleting.ts";
import { EXPIRY, getExpiry } from "./expiry.ts";
import { getPreview, PREVIEW } from "./preview.ts";
import * as answers from "./schema.ts";
import {
  postPause,
  postRetirement,
  postRotation,
  retirementShape,
  rotationShape,
} from "./secrets.ts";
import { postWebhook, webhookShape } from "./webhook.ts";

/* What is done with one source. What gives out or ends a secret, or deletes, no key may. */

export const readSource: Endpoint<"id"> = {
  who: "read",
  summary: "One source: its settings, what came of it, and for an owner its secrets' last four",
  takes: {},
  answers: { 200: answers.openedSource },
  fails: ["not_found"],
  respond: ({ params, ...asking }) => getSource(params.id, asking),
};

export const addSource: ChangingEndpoint = {
  who: "owner",
  audit: "source.added",
  ofPart: false,
  summary: "Adds a source; its secret is answered once",
  takes: {},
  body: newSourceShape,
  example: { provider: connectable[0]?.name ?? "", name: "Clinic" },
  answers: { 201: answers.addedSource },
  fails: ["bad_source"],
  respond: ({ request, ...asking }) => postSource(request, asking),
};

export const rotateSource: ChangingEndpoint<"id"> = {
  who: "owner",
  audit: "source.rotated",
  ofPart: false,
  summary:
    "Gives a source a new secret, answered once; the older ones are accepted until they retire",
  takes: {},
  body: rotationShape,
  answers: { 200: answers.rotatedSource },
  fails: ["bad_secret", "bad_source", "being_deleted", "not_found"],
  respond: ({ request, params, ...asking }) => postRotation(request, params.id, asking),
};

export const retireSource: ChangingEndpoint<"id"> = {
  who: "owner",
  audit: "source.retired",
  ofPart: false,
  summary: "Retires all secrets but the newest: at once, at a moment, or with null not yet",
  takes: {},
  body: retirementShape,
  answers: { 200: answers.openedSource },
  fails: ["bad_secret", "being_deleted", "not_found"],
  respond: ({ request, params, ...asking }) => postRetirement(request, params.id, asking),
};

export const pauseSource: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "source.paused",
  ofPart: false,
  summary: "Takes nothing of a source: its provider is answered 503",
  takes: {},
  body: null,
  answers: { 200: answers.openedSource },
  fails: ["being_deleted", "not_found"],
  respond: ({ params, ...asking }) => postPause(params.id, true, asking),
};

export const resumeSource: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "source.resumed",
  ofPart: false,
  summary: "Takes from a paused source again",
  takes: {},
  body: null,
  answers: { 200: answers.openedSource },
  fails: ["being_deleted", "not_found"],
  respond: ({ params, ...asking }) => postPause(params.id, false, asking),
};

export const makeWebhook: ChangingEndpoint<"id"> = {
  who: "owner",
  audit: "source.connected",
  ofPart: false,
  summary: "Makes the webhook at the provider, with a key of its API that is used once",
  takes: {},
  body: webhookShape,
  example: { key: "a-key-of-daily" },
  atLength: true,
  answers: { 200: answers.madeWebhook },
  fails: [
    "bad_webhook",
    "no_address",
    "no_api",
    "being_deleted",
    "provider_key_refused",
    "provider_refused",
    "provider_busy",
    "provider_away",
    "not_found",
  ],
  respond: ({ request, params, ...asking }) => postWebhook(request, params.id, asking),
};

export const keepApiKey: ChangingEndpoint<"id"> = {
  who: "owner",
  audit: "source.changed",
  ofPart: false,
  summary: "Keeps a key of the provider's API, encrypted, for where that is",
  takes: {},
  body: apiKeyShape,
  example: { key: "a-key-of-daily" },
  answers: { 200: answers.openedSource },
  fails: ["bad_key", "bad_api_address", "no_api", "being_deleted", "not_found"],
  respond: ({ request, params, ...asking }) => putApiKey(request, params.id, asking),
};

export const forgetApiKey: ChangingEndpoint<"id"> = {
  who: "owner",
  audit: "source.changed",
  ofPart: false,
  summary: "Forgets the key of the provider's API that was kept",
  takes: {},
  body: null,
  answers: { 200: answers.openedSource },
  fails: ["not_found"],
  respond: ({ params, ...asking }) => deleteApiKey(params.id, asking),
};

export const previewSource: Endpoint<"id"> = {
  who: "manage",
  ofPart: false,
  summary: "What another gap or grace would make of the last 200 meetings; changes nothing",
  takes: PREVIEW,
  body: null,
  atLength: true,
  answers: { 200: answers.sourcePreview },
  fails: ["not_found"],
  respond: ({ url, params }) => getPreview(url, params.id),
};

export const readExpiry: Endpoint<"id"> = {
  who: "manage",
  ofPart: false,
  summary: "What would go now of a source by other limits of what it keeps; changes nothing",
  takes: EXPIRY,
  body: null,
  atLength: true,
  answers: { 200: answers.expired },
  fails: ["not_found"],
  respond: ({ url, params }) => getExpiry(url, params.id),
};

export const resumeRebuild: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "source.changed",
  ofPart: false,
  summary: "Goes on rebuilding the past of a source, where that was stopped",
  takes: {},
  body: null,
  answers: { 200: answers.sourceWithSettings },
  fails: ["being_deleted", "not_found"],
  respond: ({ params, ...asking }) => setRebuild(params.id, false, asking),
};

export const stopRebuild: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "source.changed",
  ofPart: false,
  summary: "Stops rebuilding the past of a source; what is rebuilt stays",
  takes: {},
  body: null,
  answers: { 200: answers.sourceWithSettings },
  fails: ["being_deleted", "not_found"],
  respond: ({ params, ...asking }) => setRebuild(params.id, true, asking),
};

export const readContents: Endpoint<"id"> = {
  who: "manage",
  ofPart: false,
  summary: "What is stored of a source, and would be deleted with it",
  takes: {},
  body: null,
  answers: { 200: answers.sourceContents },
  fails: ["not_found"],
  respond: ({ params }) => getContents(params.id),
};

export const removeSource: ChangingEndpoint<"id"> = {
  who: "owner",
  audit: "source.deleted",
  ofPart: false,
  summary: "Begins to delete a source with everything that came from it; its name has to be sent",
  takes: {},
  body: deletionShape,
  example: { name: "Clinic" },
  answers: { 202: answers.sourceWithSettings },
  fails: ["bad_removal", "other_name", "not_found"],
  respond: ({ request, params, ...asking }) => deleteSource(request, params.id, asking),
};
