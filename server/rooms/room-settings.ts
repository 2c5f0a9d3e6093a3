import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { setRoomSettings } from "#db/rooms/room-settings.ts";
import { PARAMETERS, type Parameter, storedThresholds } from "#domain/rooms/register/lens.ts";
import type { RoomStart } from "#domain/rooms/register/room-start.ts";
import type { RoomSettings } from "#domain/rooms/register/settings.ts";
import type { Thresholds } from "#domain/rooms/register/thresholds.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { WEEKDAYS } from "#domain/time/weekday.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { mustSeeSeries } from "#server/http/must-be-seen.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { thresholdsJson } from "./register-json.ts";
import { roomNamed } from "./room.ts";
import type { roomSettings } from "./schema.ts";

const percent = ({ least, most }: Parameter) =>
  z
    .number()
    .min(least)
    .max(most)
    .transform((value) => Math.round(value * 100) / 10_000)
    .optional();
const whole = ({ least, most }: Parameter) => z.int().min(least).max(most).optional();
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 10:00");

export const settingsShape = z.strictObject({
  thresholds: z
    .strictObject({
      held_ms: whole(PARAMETERS.heldMs),
      late_ms: whole(PARAMETERS.lateMs),
      early_ms: whole(PARAMETERS.earlyMs),
      share: percent(PARAMETERS.share),
      attended_ms: whole(PARAMETERS.attendedMs).nullable(),
      regular_share: percent(PARAMETERS.regularShare),
      regular_last: whole(PARAMETERS.regularLast),
      missed: whole(PARAMETERS.missed),
    })
    .optional(),
  start: z
    .strictObject({
      time_zone: z.string().refine(isTimeZone, "must be the name of a time zone"),
      time: time.nullish(),
      weekdays: z.partialRecord(z.enum(WEEKDAYS), time).optional(),
    })
    .refine(
      (given) => given.time != null || Object.keys(given.weekdays ?? {}).length > 0,
      "needs a time, or one for a weekday",
    )
    .nullish(),
  by: operatorName,
});
type Change = z.infer<typeof settingsShape>;

/** `GET /api/v1/rooms/{id}/settings`: the thresholds and the start that count in the room's register. */
export async function getRoomSettings(id: string): Promise<Response> {
  const { settings } = await roomNamed(id);
  return Response.json(settingsJson(settings));
}

/** `PATCH /api/v1/rooms/{id}/settings`: `thresholds` and `start`, each replaced whole; one left out stays. */
export async function patchRoomSettings(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { thresholds, start, by } = await bodyOf(request, settingsShape, badSettings);
  const room = await roomNamed(id);
  mustSeeSeries(room);
  const change = {
    ...(thresholds !== undefined && { thresholds: thresholdsOf(thresholds) }),
    ...(start !== undefined && { start: startOf(start) }),
  };
  const who = actorOf(asking, by);
  const settings = await audited(
    database(),
    who,
    (client) => setRoomSettings(client, room, change, who.label, Date.now()),
    () => ({
      action: "room.changed",
      about: { kind: "room", id: room.id, label: room.title ?? room.key },
      details: { changed: Object.keys(change) },
    }),
  );
  return Response.json(settingsJson(settings));
}

function thresholdsOf(given: NonNullable<Change["thresholds"]>): Partial<Thresholds> {
  return {
    ...(given.held_ms !== undefined && { heldMs: given.held_ms }),
    ...(given.late_ms !== undefined && { lateMs: given.late_ms }),
    ...(given.early_ms !== undefined && { earlyMs: given.early_ms }),
    ...(given.share !== undefined && { share: given.share }),
    ...(given.attended_ms !== undefined && { attendedMs: given.attended_ms }),
    ...(given.regular_share !== undefined && { regularShare: given.regular_share }),
    ...(given.regular_last !== undefined && { regularLast: given.regular_last }),
    ...(given.missed !== undefined && { missed: given.missed }),
  };
}

function startOf(given: NonNullable<Change["start"]> | null): RoomStart | null {
  if (given === null) return null;
  const { time_zone: timeZone, time: everyDay = null, weekdays = {} } = given;
  return { timeZone, everyDay, weekdays };
}

function settingsJson(settings: RoomSettings | null): AnswerOf<typeof roomSettings> {
  const start = settings?.start ?? null;
  return {
    thresholds: thresholdsJson(storedThresholds(settings)),
    start: start && {
      time_zone: start.timeZone,
      time: start.everyDay,
      weekdays: start.weekdays,
    },
    by: settings?.by ?? null,
    changed_at: toWireTime(settings?.at ?? null),
  };
}

function badSettings(why: string): ApiError {
  return new ApiError(
    400,
    "bad_settings",
    `Send thresholds (held_ms, late_ms, early_ms, share, attended_ms, regular_share, regular_last, missed), start (time_zone, time, weekdays) or both: ${why}.`,
  );
}
