import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import { getRoomGroups, groupShape, postRoomGroup, putRoomGroup, removeRoomGroup } from "./api.ts";
import * as answers from "./schema.ts";

const EXAMPLE = {
  name: "Dr Wolf",
  rooms: ["Dr Wolf*"],
  hours: {
    time_zone: "Europe/Berlin",
    weekdays: { mon: [{ from: "08:00", to: "12:30" }] },
    closed_on: ["2026-12-25"],
  },
  limits: { amber_ms: 120_000, red_ms: 300_000, urgent_ms: 600_000 },
  links: [{ label: "Open as host", url: "https://clinic.daily.co/{room}", how: "open" as const }],
};

export const listRoomGroups: Endpoint = {
  who: "read",
  ofPart: false,
  summary: "Groups of rooms with their opening hours and limits, by name",
  takes: {},
  answers: { 200: answers.roomGroups },
  respond: getRoomGroups,
};

export const makeRoomGroup: ChangingEndpoint = {
  who: "write",
  audit: "group.made",
  ofPart: false,
  summary: "Makes a group of rooms; a room alone is a group of one",
  takes: {},
  body: groupShape,
  example: EXAMPLE,
  answers: { 201: answers.roomGroup },
  fails: ["bad_group"],
  respond: ({ request, ...asking }) => postRoomGroup(request, asking),
};

export const replaceRoomGroup: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "group.changed",
  ofPart: false,
  summary: "Replaces a group of rooms",
  takes: {},
  body: groupShape,
  example: EXAMPLE,
  answers: { 200: answers.roomGroup },
  fails: ["bad_group", "not_found"],
  respond: ({ request, params, ...asking }) => putRoomGroup(request, params.id, asking),
};

export const deleteRoomGroup: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "group.removed",
  ofPart: false,
  summary: "Takes a group of rooms away; its rooms stay",
  takes: {},
  body: null,
  answers: { 200: answers.roomGroupRemoved },
  fails: ["not_found"],
  respond: ({ params, ...asking }) => removeRoomGroup(params.id, asking),
};
