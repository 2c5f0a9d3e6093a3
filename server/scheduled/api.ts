import { z } from "zod";
import { database } from "#db/connection/client.ts";
import type { ScheduledRow } from "#db/scheduled/reading-scheduled.ts";
import { endRepetition } from "#db/scheduled/repetitions.ts";
import {
  addScheduled,
  bringBack,
  changeScheduled,
  withdrawScheduled,
} from "#db/scheduled/scheduled.ts";
import { scheduledMeetings } from "#db/schema/operators.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Audited } from "#domain/access/audit/audited.ts";
import type { RosterReading } from "#domain/scheduled/reading.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { notFound } from "#server/http/answer.ts";
import { jsonOf, textOf } from "#server/http/json-body.ts";
import { mustBeSeen, mustSeeRoom } from "#server/http/must-be-seen.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { BadSchedule, byIn, byShape, scheduleIn } from "./given.ts";
import { rosterOf, rosterShape } from "./given-roster.ts";
import { scheduledJson, scheduledWithPeopleJson } from "./json.ts";
import { ensureOccurrences } from "./occurrences.ts";
import { readScheduled, withFacts } from "./read.ts";
import { answeringFaults, readBody } from "./refusing.ts";
import { repeat, withStoredList } from "./repeating.ts";
import type { scheduledList, scheduledMeeting, withdrawn } from "./schema.ts";
import { mustReadNames, mustReadNamesOf } from "./unread-names.ts";

export const newRosterShape = z.object({ ...rosterShape.shape, ...byShape.shape });
export const withdrawShape = z.object({
  following: z.boolean().optional().describe("Also those after it, of a weekly meeting"),
  ...byShape.shape,
});

/** Scheduled meetings of the list as JSON. */
export async function scheduledListJson(
  rows: readonly ScheduledRow[],
  { now, reader }: { now: Ms; reader: Reader },
): Promise<RowsOf<typeof scheduledList>> {
  return { results: (await withFacts(rows, reader)).map((one) => scheduledJson(one, now)) };
}

/** `GET /api/v1/scheduled-meetings/{id}`: with its roster, and the attendance so far. */
export async function getScheduledMeeting(id: string): Promise<Response> {
  return answerWithScheduled(id, 200, null);
}

/** `POST /api/v1/scheduled-meetings`. */
export async function postScheduledMeeting(request: Request, asking: Requester): Promise<Response> {
  return answeringFaults(async () => {
    const now = Date.now();
    const given = await scheduleIn(await readBody(jsonOf(request)));
    const who = actorOf(asking, given.by);
    await mustSeeRoom(given.schedule.sourceId, given.schedule.room);
    const id = await audited(
      database(),
      who,
      async (client) => {
        const stored = await withStoredList(client, given, null, who.label, now);
        const { schedule, roster, weekly } = stored;
        const made = await addScheduled(client, schedule, roster ?? [], who.label, now);
        if (weekly !== null) await repeat(client, made, weekly, schedule, who.label, now);
        return made;
      },
      (made) => ({
        action: "schedule.made",
        about: aboutScheduled(made, given.schedule.title ?? given.schedule.room),
        details: { people: given.roster?.length ?? 0 },
      }),
    );
    if (given.weekly) await ensureOccurrences(now);
    return answerWithScheduled(id, 201, given.reading);
  });
}

/** `PUT /api/v1/scheduled-meetings/{id}`: replaces it; without a `roster` the roster stays. */
export async function putScheduledMeeting(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  return answeringFaults(async () => {
    const now = Date.now();
    const given = await scheduleIn(await readBody(jsonOf(request)));
    const who = actorOf(asking, given.by);
    const existing = isUuid(id) ? await readScheduled(id) : null;
    if (existing === null) throw notFound("scheduled meeting");
    const { sourceId, room, title } = given.schedule;
    const { row } = existing;
    const isThere = row.source.id === sourceId && row.room === room && row.title === title;
    if (!isThere) await mustSeeRoom(sourceId, room);
    if (given.roster !== null || given.schedule.classListId != null) mustReadNames(existing);
    await audited(
      database(),
      who,
      async (client) => {
        const stored = await withStoredList(client, given, id, who.label, now);
        const { schedule, roster, weekly } = stored;
        const called = await changeScheduled(client, id, { schedule, roster }, who.label, now);
        if (called === null) throw notFound("scheduled meeting");
        await repeat(client, id, weekly, schedule, who.label, now);
        return called;
      },
      (called) => ({
        action: "schedule.changed",
        about: aboutScheduled(id, called),
        details: { changed: given.roster === null ? ["schedule"] : ["schedule", "roster"] },
      }),
    );
    if (given.weekly) await ensureOccurrences(now);
    return answerWithScheduled(id, 200, given.reading);
  });
}

/** `PUT /api/v1/scheduled-meetings/{id}/roster`: JSON, or pasted text (CSV, TSV, a person a line). */
export async function putRoster(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  return answeringFaults(async () => {
    const type = request.headers.get("content-type") ?? "";
    const given = /^text\//.test(type)
      ? await readBody(textOf(request))
      : await readBody(jsonOf(request));
    const list = isRecord(given) && "roster" in given ? given["roster"] : given;
    const options = isRecord(given) ? given["reading"] : null;
    const { roster, reading, faults } = rosterOf(list, options);
    if (faults.length > 0) throw new BadSchedule(faults);
    const who = actorOf(asking, byIn(given));
    await mustBeSeen(scheduledMeetings, [id], "scheduled meeting");
    if (isUuid(id)) await mustReadNamesOf(id);
    await audited(
      database(),
      who,
      async (client) => {
        const change = { schedule: null, roster };
        const called = isUuid(id)
          ? await changeScheduled(client, id, change, who.label, Date.now())
          : null;
        if (called === null) throw notFound("scheduled meeting");
        return called;
      },
      (called) => ({
        action: "schedule.changed",
        about: aboutScheduled(id, called),
        details: { changed: ["roster"] },
      }),
    );
    return answerWithScheduled(id, 200, reading);
  });
}

/** `DELETE /api/v1/scheduled-meetings/{id}`: withdraws it, and deletes its roster. */
export async function deleteScheduledMeeting(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const body = await readBody(jsonOf(request));
  const who = actorOf(asking, byIn(body));
  await mustBeSeen(scheduledMeetings, [id], "scheduled meeting");
  const existing = await readScheduled(id);
  // Those of a class list stay.
  if (existing !== null && existing.row.classList === null) mustReadNames(existing);
  const repeats = existing?.row.repeats ?? null;
  const isLast = isRecord(body) && body["following"] === true;
  await audited(
    database(),
    who,
    async (client) => {
      if (repeats !== null && isLast) await endRepetition(client, id, repeats.day);
      const room = isUuid(id) ? await withdrawScheduled(client, id, who.label, Date.now()) : null;
      if (room === null) throw notFound("scheduled meeting");
      return room;
    },
    (room) => ({
      action: "schedule.withdrawn",
      about: aboutScheduled(id, room),
      details: { following: repeats !== null && isLast },
    }),
  );
  const undoable = repeats !== null && !isLast && !repeats.changedAlone;
  const answer: AnswerOf<typeof withdrawn> = { id, withdrawn: true, undoable, by: who.label };
  return Response.json(answer);
}

/** `DELETE /api/v1/scheduled-meetings/{id}/withdrawal`: brings back one withdrawn occurrence of a weekly meeting. */
export async function deleteWithdrawal(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  return answeringFaults(async () => {
    const who = actorOf(asking, byIn(await readBody(jsonOf(request))));
    await mustBeSeen(
      scheduledMeetings,
      [id],
      "scheduled meeting that was left out and can be brought back",
    );
    await audited(
      database(),
      who,
      async (client) => {
        const called = isUuid(id) ? await bringBack(client, id, who.label, Date.now()) : null;
        if (called !== null) return called;
        throw notFound("scheduled meeting that was left out and can be brought back");
      },
      (called) => ({
        action: "schedule.restored",
        about: aboutScheduled(id, called),
        details: {},
      }),
    );
    return answerWithScheduled(id, 200, null);
  });
}

function aboutScheduled(id: string, label: string): Audited {
  return { kind: "scheduled_meeting", id, label };
}

/** Answers with the scheduled meeting; where a roster was given as text, also with how it was understood. */
async function answerWithScheduled(
  id: string,
  status: number,
  reading: RosterReading | null,
): Promise<Response> {
  const found = await readScheduled(id);
  if (found === null) throw notFound("scheduled meeting");
  const answer: AnswerOf<typeof scheduledMeeting> = {
    ...scheduledWithPeopleJson(found, Date.now()),
    ...(reading !== null && { roster_read: reading }),
  };
  return Response.json(answer, { status });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
