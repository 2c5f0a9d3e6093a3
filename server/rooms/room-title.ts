import { z } from "zod";
import { database, type RecordingClient } from "#db/connection/client.ts";
import type { RoomSet } from "#db/rooms/register.ts";
import { sourceById } from "#db/sources/sources.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import { LONGEST_TITLE } from "#domain/participant/room-title.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { callRoom } from "#server/ingest/call-rooms.ts";
import { audited } from "#server/runtime/audit.ts";
import { roomNamed } from "./room.ts";
import type { roomTitle } from "./schema.ts";

export const titleShape = z.strictObject({
  title: z.string().trim().max(LONGEST_TITLE).nullable(),
  by: operatorName,
});

/** `PUT /api/v1/rooms/{id}/title`: what a room is called; `null` returns to what its provider reports. */
export async function putRoomTitle(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { title, by } = await bodyOf(request, titleShape, badTitle);
  const room = await roomNamed(id);
  const called = await titleRoom(database(), room, title, actorOf(asking, by));
  const answer: AnswerOf<typeof roomTitle> = { id: room.id, room: room.key, title: called };
  return Response.json(answer);
}

/**
 * Calls a room by hand, with its entry in the audit log. An empty title is as `null`. Returns what it is called now,
 * which whoever asks may not see any more: their patterns may have fitted its old title only.
 */
export async function titleRoom(
  client: Pick<RecordingClient, "transaction">,
  room: Pick<RoomSet, "id" | "key" | "title" | "source">,
  title: string | null,
  by: AuditActor,
): Promise<string | null> {
  const given = title === null || title.trim() === "" ? null : title.trim();
  return audited(
    client,
    by,
    ({ transaction }) =>
      transaction(async (tx) => {
        const source = await sourceById(tx, room.source.id);
        return callRoom(tx, Number(room.id), given, source?.roomTitles ?? []);
      }),
    () => ({
      action: "room.titled",
      about: { kind: "room", id: room.id, label: given ?? room.title ?? room.key },
      details: {},
    }),
  );
}

function badTitle(why: string): ApiError {
  return new ApiError(
    400,
    "bad_title",
    `Send title, up to ${LONGEST_TITLE} characters, or null: ${why}.`,
  );
}
