import { database } from "#db/connection/client.ts";
import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { upTo, valueIn } from "#server/http/query.ts";
import { deliveriesJson, getDelivery, limitOfDeliveries } from "./api.ts";
import { postCurl } from "./curl.ts";
import { deliveryList } from "./list.ts";
import { readRefused, refusedJson, USUAL_DAYS } from "./refused.ts";
import { deleteReplay, getReplay, postReplay, replayShape } from "./replay-api.ts";
import * as answers from "./schema.ts";

export const listDeliveries: Endpoint = deliveryList.endpoint(deliveriesJson, {
  summary: "Deliveries, newest first, without bodies",
  answer: answers.deliveries,
  limitOf: limitOfDeliveries,
});

export const readDelivery: Endpoint<"id"> = {
  // As it came it has more in it than any page shows.
  who: "export",
  summary: "One delivery with its body exactly as it came, and the events it made",
  takes: {},
  answers: { 200: answers.openedDelivery },
  fails: ["not_found", "dropped"],
  respond: ({ params }) => getDelivery(params.id),
};

export const signDelivery: ChangingEndpoint<"id"> = {
  who: "owner",
  audit: "delivery.signed",
  ofPart: false,
  summary: "A curl command that sends a delivery again to this server, signed now",
  takes: {},
  body: null,
  answers: { 200: answers.signedCurl },
  fails: ["not_found", "dropped", "not_signable"],
  respond: ({ url, params, ...asking }) => postCurl(params.id, url, asking),
};

export const beginReplay: ChangingEndpoint = {
  who: "write",
  audit: "deliveries.replayed",
  ofPart: true,
  summary: "Begins to read and project deliveries again: some, or all that could not be read",
  takes: {},
  body: replayShape,
  answers: { 202: answers.replayJob },
  fails: ["bad_replay", "not_found", "replay_under_way"],
  respond: ({ request, ...asking }) => postReplay(request, asking),
};

export const readReplay: Endpoint<"id"> = {
  who: "write",
  ofPart: true,
  summary: "How far a replay of deliveries is",
  takes: {},
  body: null,
  answers: { 200: answers.replayJob },
  fails: ["not_found"],
  respond: ({ params }) => getReplay(params.id),
};

export const stopReplay: ChangingEndpoint<"id"> = {
  who: "write",
  audit: { nothing: "that it was begun is noted, and what it has done until then stays" },
  ofPart: true,
  summary: "Stops a replay of deliveries; what it has done stays",
  takes: {},
  body: null,
  answers: { 200: answers.replayJob },
  fails: ["not_found"],
  respond: ({ params }) => deleteReplay(params.id),
};

const DAYS = upTo(31, 1).describe(`Of so many last days; the default is ${USUAL_DAYS}`);

export const listRefusals: Endpoint = {
  who: "write",
  ofPart: true,
  summary: "How many webhooks were refused, by source, reason and hour, with a guess at the cause",
  takes: { days: DAYS },
  body: null,
  answers: { 200: answers.refusedOften },
  respond: async ({ url }) => {
    const days = valueIn(url, "days", DAYS) ?? USUAL_DAYS;
    return Response.json(refusedJson(await readRefused(database().orm, Date.now(), days)));
  },
};
