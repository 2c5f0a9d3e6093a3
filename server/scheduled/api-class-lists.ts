import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { roomById } from "#db/rooms/register.ts";
import {
  addClassList,
  attachClassList,
  changeClassList,
  removeClassList,
} from "#db/scheduled/class-lists.ts";
import {
  aliasesOfList,
  type ClassListRow,
  classListById,
  entriesOf,
  roomsOfList,
  seriesOf,
} from "#db/scheduled/reading-class-lists.ts";
import type { RosterReading } from "#domain/scheduled/reading.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { notFound } from "#server/http/answer.ts";
import { jsonOf } from "#server/http/json-body.ts";
import { mustSeeSeries } from "#server/http/must-be-seen.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import { oneMeetingARoom } from "#server/providers/providers.ts";
import { audited } from "#server/runtime/audit.ts";
import { BadSchedule, byIn, byShape } from "./given.ts";
import { rosterIn, rosterShape } from "./given-roster.ts";
import { answeringFaults, readBody } from "./refusing.ts";
import type * as answers from "./schema.ts";

const LONGEST_NAME = 300;
const nameShape = z.object({
  name: z
    .string({ error: "is missing" })
    .transform((given) => given.trim())
    .refine((given) => given !== "", "is missing")
    .refine((given) => given.length <= LONGEST_NAME, `is longer than ${LONGEST_NAME} characters`)
    .refine((given) => !/\p{Cc}/u.test(given), "has characters that cannot be written"),
});
const listShape = z.object({
  class_list: z.string({ error: "must be the id of a class list, or null" }).nullable(),
});

export const classListShape = z.object({
  ...nameShape.shape,
  ...rosterShape.shape,
  ...byShape.shape,
});
export const listOfRoomShape = z.object({ ...listShape.shape, ...byShape.shape });

/** The class lists as JSON. */
export function classListsJson(
  rows: readonly ClassListRow[],
): RowsOf<typeof answers.classListsPage> {
  return { results: rows.map(listJson) };
}

/** `GET /api/v1/class-lists/{id}`: the list with its people, their other names and ids, and its rooms. */
export async function getClassList(id: string): Promise<Response> {
  return answerWithList(id, 200, null);
}

/** `POST /api/v1/class-lists`: takes a name, and a roster in the form that a scheduled meeting takes. */
export async function postClassList(request: Request, asking: Requester): Promise<Response> {
  return answeringFaults(async () => {
    const body = await readBody(jsonOf(request));
    const { name, roster, reading } = listIn(body);
    const who = actorOf(asking, byIn(body));
    const id = await audited(
      database(),
      who,
      (client) => addClassList(client, name, roster ?? [], who.label, Date.now()),
      (made) => ({
        action: "class_list.made",
        about: { kind: "class_list", id: made, label: name },
        details: { people: roster?.length ?? 0 },
      }),
    );
    return answerWithList(id, 201, reading);
  });
}

/** `PUT /api/v1/class-lists/{id}`: replaces the list; without a `roster` the people stay. */
export async function putClassList(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  return answeringFaults(async () => {
    const body = await readBody(jsonOf(request));
    const { name, roster, reading } = listIn(body);
    const who = actorOf(asking, byIn(body));
    const isFound =
      isUuid(id) &&
      (await audited(
        database(),
        who,
        (client) => changeClassList(client, id, { name, roster }, who.label, Date.now()),
        (isThere) =>
          isThere
            ? {
                action: "class_list.changed",
                about: { kind: "class_list", id, label: name },
                details: { people: roster !== null },
              }
            : null,
      ));
    if (!isFound) throw notFound("class list");
    return answerWithList(id, 200, reading);
  });
}

/** `DELETE /api/v1/class-lists/{id}`. */
export async function deleteClassList(id: string, asking: Requester): Promise<Response> {
  const gone = isUuid(id)
    ? await audited(
        database(),
        actorOf(asking),
        (client) => removeClassList(client, id),
        (list) =>
          list && {
            action: "class_list.removed",
            about: { kind: "class_list", id, label: list.name },
            details: {},
          },
      )
    : null;
  if (gone === null) throw notFound("class list");
  const answer: AnswerOf<typeof answers.classListDeleted> = { id, deleted: true };
  return Response.json(answer);
}

/** `PUT /api/v1/rooms/{id}/class-list`: sets the class list of the room's series; `null` for none. */
export async function putClassListOfRoom(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  return answeringFaults(async () => {
    const body = await readBody(jsonOf(request));
    const read = listShape.safeParse(body);
    if (!read.success) {
      const message = "must be the id of a class list, or null";
      throw new BadSchedule([{ field: "class_list", message }]);
    }
    const room = await roomById(database().orm, id, oneMeetingARoom);
    if (room === null) throw notFound("room");
    mustSeeSeries(room);
    const list = await classListNamed(read.data.class_list);
    const where = { sourceId: room.source.id, series: seriesOf(room), roomId: room.id };
    const who = actorOf(asking, byIn(body));
    await audited(
      database(),
      who,
      (client) => attachClassList(client, where, list?.id ?? null, who.label, Date.now()),
      () => ({
        action: "class_list.assigned",
        about: { kind: "room", id: room.id, label: room.title ?? room.key },
        details: { list: list?.name ?? "" },
      }),
    );
    const answer: AnswerOf<typeof answers.classListOfRoom> = {
      room_id: room.id,
      class_list: list && { id: list.id, name: list.name },
    };
    return Response.json(answer);
  });
}

/** A class list by its id. Throws `BadSchedule` where there is none. */
async function classListNamed(id: string | null): Promise<ClassListRow | null> {
  if (id === null) return null;
  const list = await classListById(database().orm, id);
  if (list !== null) return list;
  throw new BadSchedule([{ field: "class_list", message: "is no class list" }]);
}

function listIn(body: unknown) {
  const named = nameShape.safeParse(body);
  const { roster, reading, faults } = rosterIn(body);
  const wrong = (named.error?.issues ?? []).map(({ message }) => ({ field: "name", message }));
  if (!named.success || faults.length > 0) throw new BadSchedule([...wrong, ...faults]);
  return { name: named.data.name, roster, reading };
}

async function answerWithList(
  id: string,
  status: number,
  reading: RosterReading | null,
): Promise<Response> {
  const { orm } = database();
  const [list, people, aliases, rooms] = isUuid(id)
    ? await Promise.all([
        classListById(orm, id),
        entriesOf(orm, id),
        aliasesOfList(orm, id),
        roomsOfList(orm, id),
      ])
    : [null, [], [], []];
  if (list === null) throw notFound("class list");
  const answer: AnswerOf<typeof answers.classList> = {
    ...listJson(list),
    people: people.map(({ position, name, userId, email, role }) => ({
      ...{ position, name, user_id: userId, email, role },
    })),
    also_known_as: aliases.map(({ entry, knownBy, value, seenAs, by, at }) => ({
      ...{ entry, known_by: knownBy, value, seen_as: seenAs, by, at: toWireTime(at) },
    })),
    rooms: rooms.map(({ id: room, key, title, source }) => ({
      id: room,
      room: key,
      title,
      source,
    })),
    ...(reading !== null && { roster_read: reading }),
  };
  return Response.json(answer, { status });
}

function listJson(list: ClassListRow): RowsOf<typeof answers.classListsPage>["results"][number] {
  return {
    id: list.id,
    name: list.name,
    people_count: list.people,
    rooms_count: list.rooms,
    by: list.by,
    changed_at: toWireTime(list.changedAt),
    erased_at: toWireTime(list.erasedAt),
  };
}
