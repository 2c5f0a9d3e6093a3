import type { ChangingEndpoint } from "#server/http/api.ts";
import { messageShape, putRoomMessage } from "./messages.ts";
import { roomMessage } from "./schema.ts";

export const tellRoom: ChangingEndpoint = {
  who: "write",
  audit: "room.told",
  ofPart: true,
  summary: "Tells those who wait for a room something, in one line; null takes it back",
  takes: {},
  body: messageShape,
  answers: { 200: roomMessage },
  fails: ["bad_message", "not_found"],
  respond: ({ request, ...asking }) => putRoomMessage(request, asking),
};
