import type { FileEndpoint } from "#server/files/file-routes.ts";
import type { Endpoint } from "#server/http/api.ts";
import { FILE, LIST, ORDER, RANGE } from "#server/http/takes.ts";
import { getRegister } from "./api-register.ts";
import { exportRooms } from "./export.ts";
import { exportRegister } from "./export-register.ts";
import { getRooms } from "./page.ts";
import { getRoomSettings, patchRoomSettings } from "./room-settings.ts";

const ROOMS = ["source", "q", "min_duration_ms", ...RANGE, ...ORDER];
// A room is of one source: to name that narrows nothing, and is no mistake.
const REGISTER = [
  "source",
  ...["held_ms", "late_ms", "early_ms", "share", "attended_ms"],
  ...["regular_share", "regular_last", "missed", "min_duration_ms"],
  ...RANGE,
];

export const listRooms: Endpoint = {
  who: "read",
  takes: [...ROOMS, ...LIST],
  respond: ({ url }) => getRooms(url),
};

export const roomsFile: FileEndpoint = {
  takes: [...ROOMS, ...FILE],
  respond: ({ url }, format) => exportRooms(url, format),
};

export const readRegister: Endpoint<"id"> = {
  who: "read",
  takes: REGISTER,
  respond: ({ url, params }) => getRegister(url, params.id),
};

export const registerFile: FileEndpoint<"id"> = {
  takes: [...REGISTER, "layout", ...FILE],
  respond: ({ url, params }, format) => exportRegister(url, params.id, format),
};

export const readRoomSettings: Endpoint<"id"> = {
  who: "read",
  takes: [],
  respond: ({ params }) => getRoomSettings(params.id),
};

export const changeRoomSettings: Endpoint<"id"> = {
  who: "write",
  takes: [],
  respond: ({ request, params, caller }) => patchRoomSettings(request, params.id, caller),
};
