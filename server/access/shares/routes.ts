import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { deleteShare, getShares, postShare, shareShape } from "./made.ts";
import * as answers from "./schema.ts";
import { getSharedMeeting, getWallboard } from "./shown.ts";

export const listSharedLinks: Endpoint = {
  who: "write",
  ofPart: true,
  summary: "Your shared links, and for an owner all; the latest first",
  takes: {},
  body: null,
  answers: { 200: answers.shares },
  respond: getShares,
};

export const makeSharedLink: ChangingEndpoint = {
  audit: "share.made",
  who: "write",
  ofPart: true,
  summary:
    "Makes a link that shows a meeting, a wallboard, or to who waits how a room stands, without an account",
  takes: {},
  body: shareShape,
  answers: { 201: answers.madeShare },
  fails: ["bad_share", "not_found"],
  respond: postShare,
};

export const revokeSharedLink: ChangingEndpoint<"id"> = {
  audit: "share.revoked",
  who: "write",
  ofPart: true,
  summary: "Revokes a shared link for good; who looks at it sees that within seconds",
  takes: {},
  body: null,
  answers: { 200: answers.share },
  fails: ["not_found"],
  respond: deleteShare,
};

const UNCHANGED = "Nothing has changed since the answer whose `ETag` was sent as `If-None-Match`";

export const readSharedLink: Endpoint<"token"> = {
  who: "anybody",
  summary: "The meeting of a shared link, or the one it was merged into",
  takes: {},
  answers: { 200: answers.sharedMeeting, 304: UNCHANGED },
  fails: ["not_found"],
  respond: getSharedMeeting,
};

export const readWallboardLink: Endpoint<"token"> = {
  who: "anybody",
  summary: "The numbers and the waiting room of a wallboard",
  takes: {},
  answers: { 200: answers.wallboard, 304: UNCHANGED },
  fails: ["not_found"],
  respond: getWallboard,
};
