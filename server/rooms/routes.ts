import type { FileEndpoint } from "#server/files/file-routes.ts";
import { narrowedWords } from "#server/files/intro.ts";
import type { Endpoint } from "#server/http/api.ts";
import { FILE, RANGE } from "#server/http/takes.ts";
import { getRegister } from "./api-register.ts";
import { ROOM_COLUMNS } from "./export.ts";
import { exportRegister } from "./export-register.ts";
import { rooms } from "./list.ts";
import { aboutRooms, roomsJson, withMeetings } from "./page.ts";
import { getRoomSettings, patchRoomSettings } from "./room-settings.ts";

// A room is of one source: to name that narrows nothing, and is no mistake.
const REGISTER = [
  "source",
  ...["held_ms", "late_ms", "early_ms", "share", "attended_ms"],
  ...["regular_share", "regular_last", "missed", "min_duration_ms"],
  ...RANGE,
];

export const listRooms: Endpoint = rooms.endpoint(roomsJson);

export const roomsFile: FileEndpoint = rooms.file({
  name: "rooms",
  columns: () => ROOM_COLUMNS,
  itemsOf: (rows, { reader, selection }) => withMeetings(reader, rows, selection.filter),
  batch: 200,
  intro: ({ filter }) => ({ title: "Rooms", narrowed: narrowedWords(filter) }),
  about: aboutRooms,
  invented: ({ source }) => source.demo === true,
});

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
