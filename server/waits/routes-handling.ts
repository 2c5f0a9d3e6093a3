import type { ChangingEndpoint } from "#server/http/api.ts";
import { actShape, postAct } from "./act.ts";
import {
  claimShape,
  deleteClaim,
  followUpShape,
  noteShape,
  postClaim,
  putFollowUp,
  putNote,
} from "./handle.ts";
import { waitAct, waitHandling } from "./schema.ts";

export const claimWait: ChangingEndpoint<"id"> = {
  who: "write",
  ofPart: true,
  audit: "wait.claimed",
  summary: "Looks after a wait; refused where somebody else does",
  takes: {},
  body: claimShape,
  example: {},
  answers: { 200: waitHandling },
  fails: ["bad_handling", "not_found", "already_claimed", "not_to_be_handled"],
  respond: ({ request, params, ...asking }) => postClaim({ request, id: params.id, asking }),
};

export const releaseWait: ChangingEndpoint<"id"> = {
  who: "write",
  ofPart: true,
  audit: "wait.released",
  summary: "Looks after a wait no more, or takes it from whoever does",
  takes: {},
  body: claimShape,
  example: {},
  answers: { 200: waitHandling },
  fails: ["bad_handling", "not_found"],
  respond: ({ request, params, ...asking }) => deleteClaim({ request, id: params.id, asking }),
};

export const noteWait: ChangingEndpoint<"id"> = {
  who: "write",
  ofPart: true,
  audit: "wait.noted",
  summary: "Writes a note about a wait; null takes it back",
  takes: {},
  body: noteShape,
  example: { text: "Needs an interpreter" },
  answers: { 200: waitHandling },
  fails: ["bad_handling", "not_found"],
  respond: ({ request, params, ...asking }) => putNote({ request, id: params.id, asking }),
};

export const followUpWait: ChangingEndpoint<"id"> = {
  who: "write",
  ofPart: true,
  audit: "wait.followed_up",
  summary: "Says what came of following up on somebody who left; null takes it back",
  takes: {},
  body: followUpShape,
  example: { outcome: "called" },
  answers: { 200: waitHandling },
  fails: ["bad_handling", "not_found", "not_to_be_handled"],
  respond: ({ request, params, ...asking }) => putFollowUp({ request, id: params.id, asking }),
};

export const actOnWait: ChangingEndpoint<"id"> = {
  who: "write",
  ofPart: true,
  audit: "wait.acted",
  summary: "Notes that one of its links was opened or copied, for whoever waits or waited",
  takes: {},
  body: actShape,
  example: { link: "Open as host" },
  answers: { 200: waitAct },
  fails: ["bad_handling", "not_found"],
  respond: ({ request, params, ...asking }) => postAct({ request, id: params.id, asking }),
};
