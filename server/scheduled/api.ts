import { z } from "zod";
import { database } from "#db/connection/client.ts";
import type { ScheduledRow } from "#db/scheduled/reading-scheduled.ts";
import { endRepetition } from "#db/scheduled/repetitions.ts";
import type { Roster } from "#db/scheduled/roster-rows.ts";
import {
  addScheduled,
  bringBack,
  changeScheduled,
  withdrawScheduled,
} from "#db/scheduled/scheduled.ts";
import { scheduledMeetings } from "#db/schema/operators.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { RosterReading } from "#domain/scheduled/reading.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { notFound } from "#server/http/answer.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { jsonOf, textOf } from "#server/http/json-body.ts";
import { mustBeSeen, mustSeeRoom } from "#server/http/must-be-seen.ts";
import { operatorNameOf } from "#server/http/operator.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import { BadSchedule, byIn, byShape, scheduleIn } from "./given.ts";
import { rosterOf, rosterShape } from "./given-roster.ts";
import { scheduledJson, scheduledWithPeopleJson } from "./json.ts";
import { readScheduled, withFacts } from "./read.ts";
import { answeringFaults, readBody } from "./refusing.ts";
import { repeat, withStoredList } from "./repeating.ts";
import type { scheduledList, scheduledMeeting, withdrawn } from "./schema.ts";

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
export async function postScheduledMeeting(request: Request, caller: Caller): Promise<Response> {
  return answeringFaults(async () => {
    const now = Date.now();
    const given = await scheduleIn(await readBody(jsonOf(request)));
    const who = operatorNameOf(caller, given.by);
    await mustSeeRoom(given.schedule.sourceId, given.schedule.room);
    const { schedule, roster, reading, weekly } = await withStoredList(given, null, who, now);
    const id = await addScheduled(database(), schedule, roster ?? [], who, now);
    if (weekly !== null) await repeat(id, weekly, schedule, who, now);
    return answerWithScheduled(id, 201, reading);
  });
}

/** `PUT /api/v1/scheduled-meetings/{id}`: replaces it; without a `roster` the roster stays. */
export async function putScheduledMeeting(
  request: Request,
  id: string,
  caller: Caller,
): Promise<Response> {
  return answeringFaults(async () => {
    const now = Date.now();
    const given = await scheduleIn(await readBody(jsonOf(request)));
    const who = operatorNameOf(caller, given.by);
    const existing = isUuid(id) ? await readScheduled(id) : null;
    if (existing === null) throw notFound("scheduled meeting");
    const { sourceId, room, title } = given.schedule;
    const { row } = existing;
    const isThere = row.source.id === sourceId && row.room === room && row.title === title;
    if (!isThere) await mustSeeRoom(sourceId, room);
    const { schedule, roster, reading, weekly } = await withStoredList(given, id, who, now);
    if (!(await changeScheduled(database(), id, { schedule, roster }, who, now))) {
      throw notFound("scheduled meeting");
    }
    await repeat(id, weekly, schedule, who, now);
    return answerWithScheduled(id, 200, reading);
  });
}

/** `PUT /api/v1/scheduled-meetings/{id}/roster`: JSON, or pasted text (CSV, TSV, a person a line). */
export async function putRoster(request: Request, id: string, caller: Caller): Promise<Response> {
  return answeringFaults(async () => {
    const type = request.headers.get("content-type") ?? "";
    const given = /^text\//.test(type)
      ? await readBody(textOf(request))
      : await readBody(jsonOf(request));
    const list = isRecord(given) && "roster" in given ? given["roster"] : given;
    const options = isRecord(given) ? given["reading"] : null;
    const { roster, reading, faults } = rosterOf(list, options);
    if (faults.length > 0) throw new BadSchedule(faults);
    return changed(id, { schedule: null, roster }, operatorNameOf(caller, byIn(given)), reading);
  });
}

/** `DELETE /api/v1/scheduled-meetings/{id}`: withdraws it, and deletes its roster. */
export async function deleteScheduledMeeting(
  request: Request,
  id: string,
  caller: Caller,
): Promise<Response> {
  const body = await readBody(jsonOf(request));
  const who = operatorNameOf(caller, byIn(body));
  await mustBeSeen(scheduledMeetings, [id], "scheduled meeting");
  const repeats = (await readScheduled(id))?.row.repeats ?? null;
  const isLast = isRecord(body) && body["following"] === true;
  if (repeats !== null && isLast) await endRepetition(database(), id, repeats.day);
  const isDone = isUuid(id) && (await withdrawScheduled(database(), id, who, Date.now()));
  if (!isDone) throw notFound("scheduled meeting");
  const undoable = repeats !== null && !isLast && !repeats.changedAlone;
  const answer: AnswerOf<typeof withdrawn> = { id, withdrawn: true, undoable, by: who };
  return Response.json(answer);
}

/** `DELETE /api/v1/scheduled-meetings/{id}/withdrawal`: brings back one withdrawn occurrence of a weekly meeting. */
export async function deleteWithdrawal(
  request: Request,
  id: string,
  caller: Caller,
): Promise<Response> {
  return answeringFaults(async () => {
    const who = operatorNameOf(caller, byIn(await readBody(jsonOf(request))));
    await mustBeSeen(
      scheduledMeetings,
      [id],
      "scheduled meeting that was left out and can be brought back",
    );
    const isBack = isUuid(id) && (await bringBack(database(), id, who, Date.now()));
    if (!isBack) throw notFound("scheduled meeting that was left out and can be brought back");
    return answerWithScheduled(id, 200, null);
  });
}

async function changed(
  id: string,
  change: { schedule: Parameters<typeof changeScheduled>[2]["schedule"]; roster: Roster | null },
  by: string,
  reading: RosterReading | null,
): Promise<Response> {
  await mustBeSeen(scheduledMeetings, [id], "scheduled meeting");
  const isFound = isUuid(id) && (await changeScheduled(database(), id, change, by, Date.now()));
  if (!isFound) throw notFound("scheduled meeting");
  return answerWithScheduled(id, 200, reading);
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
