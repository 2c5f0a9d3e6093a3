import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { codeDemandShape, putCodeDemand } from "./code-demand.ts";
import { getLink, joiningShape, postLinkUse } from "./links.ts";
import { postReset, resetShape } from "./mail.ts";
import {
  changeShape,
  endOtherSessions,
  endSession,
  getMe,
  getSessions,
  passwordShape,
  patchMe,
  putPassword,
} from "./me.ts";
import {
  endSessionsOf,
  getMembers,
  invitationShape,
  memberShape,
  patchMember,
  postLink,
  postMember,
  postSetUpLink,
  removeMember,
} from "./members.ts";
import * as answers from "./schema.ts";

export const readMe: Endpoint = {
  who: "self",
  ofPart: true,
  summary: "Who you are, what you may, and what you chose for all your devices",
  takes: {},
  body: null,
  answers: { 200: answers.me },
  respond: getMe,
};

export const changeMe: ChangingEndpoint = {
  who: "self",
  ofPart: true,
  summary: "Changes your name, or what you chose; what is left out stays",
  takes: {},
  body: changeShape,
  answers: { 200: answers.me },
  fails: ["bad_member"],
  audit: "member.changed",
  respond: patchMe,
};

export const changePassword: ChangingEndpoint = {
  who: "self",
  ofPart: true,
  summary: "Changes your password, and ends every other session",
  takes: {},
  body: passwordShape,
  answers: { 200: answers.ended },
  fails: ["bad_password"],
  audit: "password.changed",
  respond: putPassword,
};

export const listSessions: Endpoint = {
  who: "self",
  ofPart: true,
  summary: "The browsers in which you are signed in, the latest used first",
  takes: {},
  body: null,
  answers: { 200: answers.memberSessions },
  respond: getSessions,
};

export const endOthers: ChangingEndpoint = {
  who: "self",
  ofPart: true,
  summary: "Ends every session of yours but the one that asks",
  takes: {},
  body: null,
  answers: { 200: answers.ended },
  audit: "sessions.ended",
  respond: endOtherSessions,
};

export const endOne: ChangingEndpoint<"id"> = {
  who: "self",
  ofPart: true,
  summary: "Ends a session of yours; what it has open is closed within a second",
  takes: {},
  body: null,
  answers: { 200: answers.ended },
  fails: ["not_found"],
  audit: "sessions.ended",
  respond: endSession,
};

export const listMembers: Endpoint = {
  who: "owner",
  ofPart: false,
  summary: "Everybody who may sign in, in the order in which they were invited",
  takes: {},
  body: null,
  answers: { 200: answers.members },
  respond: getMembers,
};

export const inviteMember: ChangingEndpoint = {
  who: "owner",
  ofPart: false,
  summary: "Invites somebody, by a link that is answered once and good for a week",
  takes: {},
  body: invitationShape,
  answers: { 201: answers.invited },
  fails: ["bad_member", "email_taken"],
  audit: "member.invited",
  respond: postMember,
};

export const changeMember: ChangingEndpoint<"id"> = {
  who: "owner",
  ofPart: false,
  summary: "Changes what a member may and sees; what they have open follows within a second",
  takes: {},
  body: memberShape,
  answers: { 200: answers.member },
  fails: ["bad_member", "last_owner", "not_found"],
  audit: "member.changed",
  respond: patchMember,
};

export const removeOne: ChangingEndpoint<"id"> = {
  who: "owner",
  ofPart: false,
  summary: "Removes a member; what they have open is closed within a second",
  takes: {},
  body: null,
  answers: { 200: answers.member },
  fails: ["last_owner", "not_found"],
  audit: "member.removed",
  respond: removeMember,
};

export const makeLinkFor: ChangingEndpoint<"id"> = {
  who: "owner",
  ofPart: false,
  summary: "A link by which a member chooses a password, in place of any before",
  takes: {},
  body: null,
  answers: { 201: answers.accessLink },
  fails: ["not_found"],
  audit: "link.made",
  respond: postLink,
};

export const signOutMember: ChangingEndpoint<"id"> = {
  who: "owner",
  ofPart: false,
  summary: "Ends every session of a member",
  takes: {},
  body: null,
  answers: { 200: answers.ended },
  fails: ["not_found"],
  audit: "sessions.ended",
  respond: endSessionsOf,
};

export const makeSetUpLink: ChangingEndpoint = {
  who: "owner",
  ofPart: false,
  summary: "The link that makes the first owner, good for an hour; from then on everybody signs in",
  takes: {},
  body: null,
  answers: { 201: answers.accessLink },
  fails: ["owned_already"],
  audit: "link.made",
  respond: postSetUpLink,
};

export const setCodeDemand: ChangingEndpoint = {
  who: "owner",
  ofPart: false,
  summary: "Says of whom a code besides the password is demanded, from their next sign-in on",
  takes: {},
  body: codeDemandShape,
  example: { of: "operators" },
  answers: { 200: answers.codeDemand },
  fails: ["bad_member"],
  audit: "settings.changed",
  respond: putCodeDemand,
};

export const readLink: Endpoint<"token"> = {
  who: "anybody",
  summary: "What a link offers: to become the owner, an invitation, or a new password",
  takes: {},
  answers: { 200: answers.offer },
  fails: ["link_over"],
  respond: getLink,
};

export const useLink: ChangingEndpoint<"token"> = {
  who: "anybody",
  summary: "Uses a link: chooses a password, and signs in",
  takes: {},
  body: joiningShape,
  answers: { 200: answers.joined },
  fails: ["bad_member", "bad_password", "link_over"],
  audit: "member.joined",
  respond: postLinkUse,
};

export const askReset: ChangingEndpoint = {
  who: "anybody",
  summary: "Sends a member a link for a new password by mail, where mail is set up",
  takes: {},
  body: resetShape,
  answers: { 202: answers.resetAsked },
  fails: ["bad_member", "not_found"],
  audit: "link.made",
  respond: postReset,
};
