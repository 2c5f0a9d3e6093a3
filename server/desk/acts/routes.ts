import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { actShape, getProviderActs, postAct } from "./api.ts";
import * as answers from "./schema.ts";

export const listProviderActs: Endpoint = {
  who: "write",
  ofPart: true,
  summary:
    "What can be done at the providers, for each source that keeps a key of its provider's API",
  takes: {},
  body: null,
  answers: { 200: answers.providerActs },
  respond: () => getProviderActs(),
};

export const actInMeeting: ChangingEndpoint<"id"> = {
  who: "write",
  ofPart: true,
  audit: "meeting.acted",
  summary:
    "Asks the provider to do something in a meeting; what came of it is known when it reports it",
  takes: {},
  body: actShape,
  answers: { 200: answers.actDone },
  fails: [
    "bad_act",
    "not_found",
    "no_api",
    "nobody_there",
    "provider_key_refused",
    "provider_refused",
    "provider_busy",
    "provider_away",
  ],
  respond: ({ request, params, ...asking }) => postAct(request, params.id, asking),
};
