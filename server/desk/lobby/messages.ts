import { z } from "zod";
import { notifyHouse } from "#db/connection/bus.ts";
import { database } from "#db/connection/client.ts";
import { removeRoomMessage, writeRoomMessage } from "#db/desk/lobby/room-messages.ts";
import { sourceById } from "#db/sources/sources.ts";
import { LONGEST_ROOM_MESSAGE } from "#domain/desk/lobby/lobby.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { mustSeeRoom } from "#server/http/must-be-seen.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import type { roomMessage } from "./schema.ts";

const LONGEST_ROOM = 500;

export const messageShape = z.strictObject({
  source: z.uuid(),
  room: z.string().min(1).max(LONGEST_ROOM),
  text: z
    .string()
    .trim()
    .max(LONGEST_ROOM_MESSAGE)
    .nullable()
    .transform((text) => text || null),
  by: operatorName,
});

/** `PUT /api/v1/room-messages`: what those who wait for a room are told; null takes it back. */
export async function putRoomMessage(request: Request, asking: Requester): Promise<Response> {
  const { source, room, text, by } = await bodyOf(request, messageShape, badMessage);
  await mustSeeRoom(source, room);
  const of = await sourceById(database().orm, source);
  if (of === null) throw notFound("source");
  const who = actorOf(asking, by);
  const at = Date.now();
  await audited(
    database(),
    who,
    async ({ orm }) => {
      await (text === null
        ? removeRoomMessage(orm, source, room)
        : writeRoomMessage(orm, { sourceId: source, room, text, by: who.label, at }));
      await notifyHouse(orm, "told");
    },
    () => ({
      action: "room.told",
      about: { kind: "room", id: null, label: room },
      details: { removed: text === null },
    }),
  );
  const answer: AnswerOf<typeof roomMessage> = {
    source_id: source,
    room,
    message: text === null ? null : { text, by: who.label, at: toWireTime(at) },
  };
  return Response.json(answer);
}

function badMessage(why: string): ApiError {
  return new ApiError(
    400,
    "bad_message",
    `Send source, room, and text of at most ${LONGEST_ROOM_MESSAGE} characters, or null: ${why}.`,
  );
}
