import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { word } from "#server/http/query.ts";
import { LIST } from "#server/http/takes.ts";
import {
  deleteEndpoint,
  getEndpoint,
  getEndpoints,
  patchEndpoint,
  postEndpoint,
  postEndpointRotation,
} from "./api.ts";
import {
  deleteResend,
  FAILED,
  getAttempts,
  getResend,
  postResend,
  postResendOne,
  postTest,
} from "./attempts-api.ts";
import { endpointRotationShape, endpointShape, newEndpointShape, resendShape } from "./given.ts";
import * as answers from "./schema.ts";

/* What other systems are told is about the whole installation: who sees a part of it sees none of this. */

export const listEndpoints: Endpoint = {
  who: "manage",
  ofPart: false,
  summary: "Every address that is sent webhooks, oldest first",
  takes: {},
  body: null,
  answers: { 200: answers.endpoints },
  respond: () => getEndpoints(),
};

export const addEndpoint: ChangingEndpoint = {
  who: "manage",
  audit: "endpoint.added",
  ofPart: false,
  summary: "Adds an address that is sent webhooks from now on; its secret is answered once",
  takes: {},
  body: newEndpointShape,
  example: { url: "https://example.com/hooks", triggers: ["participant.joined"] },
  answers: { 201: answers.addedEndpoint },
  fails: ["bad_endpoint"],
  respond: ({ request, ...asking }) => postEndpoint(request, asking),
};

export const readEndpoint: Endpoint<"id"> = {
  who: "manage",
  ofPart: false,
  summary: "One address that is sent webhooks, with its state",
  takes: {},
  body: null,
  answers: { 200: answers.endpoint },
  fails: ["not_found"],
  respond: ({ params }) => getEndpoint(params.id),
};

export const changeEndpoint: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "endpoint.changed",
  ofPart: false,
  summary: "Sets what is given of an endpoint; paused: false has it go on",
  takes: {},
  body: endpointShape,
  example: { triggers: ["participant.joined", "participant.left"] },
  answers: { 200: answers.endpoint },
  fails: ["bad_endpoint", "not_found"],
  respond: ({ request, params, ...asking }) => patchEndpoint(request, params.id, asking),
};

export const removeEndpoint: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "endpoint.removed",
  ofPart: false,
  summary: "Removes an endpoint with what was to be sent to it",
  takes: {},
  body: null,
  answers: { 200: answers.endpoint },
  fails: ["not_found"],
  respond: ({ params, ...asking }) => deleteEndpoint(params.id, asking),
};

export const rotateEndpoint: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "endpoint.rotated",
  ofPart: false,
  summary: "Gives an endpoint a new secret, answered once; the older is used too for a day",
  takes: {},
  body: endpointRotationShape,
  example: {},
  answers: { 200: answers.rotatedEndpoint },
  fails: ["bad_endpoint", "not_found"],
  respond: ({ request, params, ...asking }) => postEndpointRotation(request, params.id, asking),
};

export const testEndpoint: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "endpoint.tested",
  ofPart: false,
  summary: "Sends a webhook that tells nothing, and answers what came back",
  takes: {},
  body: null,
  atLength: true,
  answers: { 200: answers.tested },
  fails: ["not_found"],
  respond: ({ params, ...asking }) => postTest(params.id, asking),
};

export const listAttempts: Endpoint<"id"> = {
  who: "manage",
  ofPart: false,
  summary: "What was sent to an endpoint and what came back, newest first",
  takes: { ...LIST, only: word(FAILED).describe("failed: what was not taken") },
  body: null,
  answers: { 200: answers.attempts },
  fails: ["not_found"],
  respond: ({ url, params }) => getAttempts(url, params.id),
};

export const resendAttempt: ChangingEndpoint<"id" | "attempt"> = {
  who: "manage",
  audit: "endpoint.resent",
  ofPart: false,
  summary: "Sends the message of an attempt again, under the name it had",
  takes: {},
  body: null,
  answers: { 202: answers.resendJob },
  fails: ["endpoint_paused", "not_found"],
  respond: ({ params, ...asking }) => postResendOne(params.id, params.attempt, asking),
};

export const resendRange: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "endpoint.resent",
  ofPart: false,
  summary: "Sends again what was made in a time: what failed, or all of it",
  takes: {},
  body: resendShape,
  example: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z", only: "failed" },
  answers: { 202: answers.resendJob },
  fails: ["bad_endpoint", "endpoint_paused", "not_found"],
  respond: ({ request, params, ...asking }) => postResend(request, params.id, asking),
};

export const readResend: Endpoint<"id" | "job"> = {
  who: "manage",
  ofPart: false,
  summary: "How far a resend is; latest is the one begun last",
  takes: {},
  body: null,
  answers: { 200: answers.resendJob },
  fails: ["not_found"],
  respond: ({ params }) => getResend(params.id, params.job),
};

export const stopResend: ChangingEndpoint<"id" | "job"> = {
  who: "manage",
  audit: { nothing: "that it was begun is noted, and what it has sent until then is sent" },
  ofPart: false,
  summary: "Stops a resend; what it has not sent yet is given up",
  takes: {},
  body: null,
  answers: { 200: answers.resendJob },
  fails: ["not_found"],
  respond: ({ params }) => deleteResend(params.id, params.job),
};
