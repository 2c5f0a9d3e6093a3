import type { ChangingEndpoint, Endpoint } from "#server/http/api.ts";
import type { FileEndpoint } from "#server/http/files/file-routes.ts";
import { narrowedWords } from "#server/http/files/intro.ts";
import { NARROWING } from "#server/http/lists/parameters.ts";
import { word } from "#server/http/query.ts";
import { FILE, RANGE } from "#server/http/takes.ts";
import { getRegister } from "./api-register.ts";
import { ROOM_COLUMNS } from "./export.ts";
import { exportRegister, LAYOUTS } from "./export-register.ts";
import { rooms } from "./list.ts";
import { aboutRooms, roomsJson, withMeetings } from "./page.ts";
import { THRESHOLDS } from "./room-query.ts";
import { getRoomSettings, patchRoomSettings, settingsShape } from "./room-settings.ts";
import { putRoomTitle, titleShape } from "./room-title.ts";
import * as answers from "./schema.ts";

// A room is of one source: to name that narrows nothing, and is no mistake.
const REGISTER = {
  source: NARROWING.source,
  ...THRESHOLDS,
  min_duration_ms: NARROWING.min_duration_ms,
  ...RANGE,
};

const listRooms: Endpoint = rooms.endpoint(roomsJson, {
  summary: "Rooms with a meeting in those days, by default four weeks",
  answer: answers.rooms,
});

const roomsFile: FileEndpoint = rooms.file({
  summary: "Rooms as a file",
  name: "rooms",
  columns: () => ROOM_COLUMNS,
  itemsOf: (rows, { reader, selection }) => withMeetings(reader, rows, selection.filter),
  batch: 200,
  intro: ({ filter }) => ({ title: "Rooms", narrowed: narrowedWords(filter) }),
  about: aboutRooms,
  invented: ({ source }) => source.demo === true,
});

export const roomLists = { list: listRooms, file: roomsFile };

export const readRegister: Endpoint<"id"> = {
  who: "read",
  summary: "People × meetings of a room, for the latest 200 meetings of those days",
  takes: REGISTER,
  answers: { 200: answers.register },
  fails: ["not_found"],
  respond: ({ url, params }) => getRegister(url, params.id),
};

export const registerFile: FileEndpoint<"id"> = {
  summary: "The register of a room",
  of: "room",
  takes: {
    ...REGISTER,
    layout: word(LAYOUTS).describe(
      "matrix: a line for each person; list: one for each person in each meeting",
    ),
    ...FILE,
  },
  fails: ["not_found"],
  respond: ({ url, params }, format) => exportRegister(url, params.id, format),
};

export const readRoomSettings: Endpoint<"id"> = {
  who: "read",
  summary: "The thresholds and the start that are stored for a room or its series",
  takes: {},
  answers: { 200: answers.roomSettings },
  fails: ["not_found"],
  respond: ({ params }) => getRoomSettings(params.id),
};

export const changeRoomSettings: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "room.changed",
  ofPart: true,
  summary: "Sets thresholds, start or both, each as a whole",
  takes: {},
  body: settingsShape,
  example: { thresholds: { late_ms: 60_000 } },
  answers: { 200: answers.roomSettings },
  fails: ["bad_settings", "not_found"],
  respond: ({ request, params, ...asking }) => patchRoomSettings(request, params.id, asking),
};

export const changeRoomTitle: ChangingEndpoint<"id"> = {
  who: "write",
  audit: "room.titled",
  ofPart: true,
  summary: "Says what a room is called; null returns to what its provider reports",
  takes: {},
  body: titleShape,
  example: { title: "Clinic of Dr Wolf" },
  answers: { 200: answers.roomTitle },
  fails: ["bad_title", "not_found"],
  respond: ({ request, params, ...asking }) => putRoomTitle(request, params.id, asking),
};
