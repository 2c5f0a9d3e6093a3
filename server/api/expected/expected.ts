import { database } from "#db/client.ts";
import { listScheduled } from "#db/reading/history/scheduled.ts";
import { isMeetingId } from "#db/reading/meeting.ts";
import {
  addScheduled,
  changeScheduled,
  RoomErased,
  type Roster,
  withdrawScheduled,
} from "#db/scheduled.ts";
import { ApiError, notFound } from "#server/api/answer.ts";
import { BadBody, jsonOf, textOf } from "#server/api/body.ts";
import { signed } from "#server/api/operator.ts";
import { limitIn, page } from "#server/api/page.ts";
import type { Caller } from "#server/auth/caller.ts";
import { BadSchedule, byIn, rosterOf, scheduleIn, wordsOf } from "#server/expected/given.ts";
import { readScheduled, withFacts } from "#server/expected/read.ts";
import type { Fault } from "#server/expected/roster-line.ts";
import { scheduledJson, scheduledWithPeopleJson } from "./json.ts";
import { scheduledKey, scheduledPlaceIn, scheduledQuestionIn } from "./question.ts";

/** `GET /api/v1/scheduled-meetings`: latest start first, or with `order=asc` the earliest. */
export async function getScheduledMeetings(url: URL): Promise<Response> {
  const now = Date.now();
  const limit = limitIn(url);
  const { filter, order } = scheduledQuestionIn(url);
  const place = scheduledPlaceIn(url);
  const found = await listScheduled(database().orm, filter, order, place, limit + 1);
  const cursor = place && { direction: place.direction, key: scheduledKey(place) };
  const { rows, next, previous } = page(url, found, limit, cursor, scheduledKey);
  const results = (await withFacts(rows)).map((one) => scheduledJson(one, now));
  return Response.json({ next, previous, results });
}

/** `GET /api/v1/scheduled-meetings/{id}`: with its roster, and what came of it by now. */
export async function getScheduledMeeting(id: string): Promise<Response> {
  return told(id, 200);
}

/** `POST /api/v1/scheduled-meetings`. */
export async function postScheduledMeeting(request: Request, caller: Caller): Promise<Response> {
  return taking(async () => {
    const { schedule, roster, by } = await scheduleIn(await readable(jsonOf(request)));
    const who = signed(caller, by);
    const id = await addScheduled(database(), schedule, roster ?? [], who, Date.now());
    return told(id, 201);
  });
}

/** `PUT /api/v1/scheduled-meetings/{id}`: all of it anew; without a `roster`, that stays. */
export async function putScheduledMeeting(
  request: Request,
  id: string,
  caller: Caller,
): Promise<Response> {
  return taking(async () => {
    const { schedule, roster, by } = await scheduleIn(await readable(jsonOf(request)));
    return changed(id, { schedule, roster }, signed(caller, by));
  });
}

/** `PUT /api/v1/scheduled-meetings/{id}/roster`: JSON, or text as it was pasted (CSV, TSV, a line each). */
export async function putRoster(request: Request, id: string, caller: Caller): Promise<Response> {
  return taking(async () => {
    const type = request.headers.get("content-type") ?? "";
    const given = /^text\//.test(type)
      ? await readable(textOf(request))
      : await readable(jsonOf(request));
    const list = isRecord(given) && "roster" in given ? given["roster"] : given;
    const { roster, faults } = rosterOf(list);
    if (faults.length > 0) throw new BadSchedule(faults);
    return changed(id, { schedule: null, roster }, signed(caller, byIn(given)));
  });
}

/** `DELETE /api/v1/scheduled-meetings/{id}`: withdraws it, and forgets its roster. */
export async function deleteScheduledMeeting(
  request: Request,
  id: string,
  caller: Caller,
): Promise<Response> {
  const who = signed(caller, byIn(await readable(jsonOf(request))));
  const isDone = isMeetingId(id) && (await withdrawScheduled(database(), id, who, Date.now()));
  if (!isDone) throw notFound("scheduled meeting");
  return Response.json({ id, withdrawn: true, by: who });
}

async function changed(
  id: string,
  change: { schedule: Parameters<typeof changeScheduled>[2]["schedule"]; roster: Roster | null },
  by: string,
): Promise<Response> {
  const isKnown =
    isMeetingId(id) && (await changeScheduled(database(), id, change, by, Date.now()));
  if (!isKnown) throw notFound("scheduled meeting");
  return told(id, 200);
}

async function told(id: string, status: number): Promise<Response> {
  const found = await readScheduled(id);
  if (found === null) throw notFound("scheduled meeting");
  return Response.json(scheduledWithPeopleJson(found, Date.now()), { status });
}

/** What is wrong with what was given, as an answer. */
async function taking(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof BadSchedule) throw badSchedule(cause.faults, cause);
    if (cause instanceof RoomErased) {
      const message = "what was held of this room's people was erased, so nobody can be seen there";
      throw badSchedule([{ field: "room", message }], cause);
    }
    throw cause;
  }
}

function badSchedule(faults: readonly Fault[], cause?: unknown): ApiError {
  const [first, ...others] = faults.map(wordsOf);
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  return new ApiError(400, "bad_schedule", `${first ?? "nothing was given"}${more}.`, {
    details: faults,
    cause,
  });
}

/** What reads a body, with what is wrong with that among the faults. */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    if (!(cause instanceof BadBody)) throw cause;
    throw badSchedule([{ field: "body", message: cause.message }], cause);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
