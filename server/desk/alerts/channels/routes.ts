import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { deleteChannel, getChannels, patchChannel, postChannel, postChannelTest } from "./api.ts";
import { channelShape, newChannelShape } from "./given.ts";
import * as answers from "./schema.ts";

/* What channels are told is about the whole installation: who sees a part of it sees none of them. */

export const listChannels: Endpoint = {
  who: "manage",
  ofPart: false,
  summary: "Every channel that alerts are told, oldest first, with what came of the last attempt",
  takes: {},
  body: null,
  answers: { 200: answers.alertChannels },
  respond: () => getChannels(),
};

export const addChannel: ChangingEndpoint = {
  who: "manage",
  audit: "alert_channel.added",
  ofPart: false,
  summary: "Adds a channel that alerts are told; its address is never answered",
  takes: {},
  body: newChannelShape,
  example: { kind: "slack", address: "https://93.184.216.34/services/T/B/X", initials: true },
  answers: { 201: answers.alertChannel },
  fails: ["bad_alert_channel"],
  respond: ({ request, ...asking }) => postChannel(request, asking),
};

export const changeChannel: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "alert_channel.changed",
  ofPart: false,
  summary: "Sets what is given of a channel; on: false tells it nothing",
  takes: {},
  body: channelShape,
  example: { initials: true },
  answers: { 200: answers.alertChannel },
  fails: ["bad_alert_channel", "not_found"],
  respond: ({ request, params, ...asking }) => patchChannel(request, params.id, asking),
};

export const removeChannel: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "alert_channel.removed",
  ofPart: false,
  summary: "Removes a channel with what was to be told there",
  takes: {},
  body: null,
  answers: { 200: answers.alertChannel },
  fails: ["not_found"],
  respond: ({ params, ...asking }) => deleteChannel(params.id, asking),
};

export const testChannel: ChangingEndpoint<"id"> = {
  who: "manage",
  audit: "alert_channel.tested",
  ofPart: false,
  summary: "Tells a channel that this is a test, and answers what came of it",
  takes: {},
  body: null,
  answers: { 200: answers.alertChannel },
  fails: ["not_found"],
  respond: ({ params, ...asking }) => postChannelTest(params.id, asking),
};
