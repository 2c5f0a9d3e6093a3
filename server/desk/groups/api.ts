import { z } from "zod";
import { notifyHouse } from "#db/connection/bus.ts";
import { database } from "#db/connection/client.ts";
import {
  deleteRoomGroup,
  insertRoomGroup,
  listRoomGroups,
  type RoomGroupFacts,
  type RoomGroupRow,
  replaceRoomGroup,
} from "#db/desk/groups/room-groups.ts";
import { sourceById } from "#db/sources/sources.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Audited } from "#domain/access/audit/audited.ts";
import { PATTERN_LENGTH } from "#domain/access/sight.ts";
import {
  ACT_HOWS,
  faultOfActUrl,
  LONGEST_ACT_LABEL,
  LONGEST_ACT_URL,
  MOST_ACT_LINKS,
} from "#domain/desk/groups/act-link.ts";
import {
  isOpeningTime,
  MOST_CLOSED_DAYS,
  MOST_SPANS,
  type OpeningHours,
} from "#domain/desk/groups/opening-hours.ts";
import {
  LONGEST_GROUP_NAME,
  MOST_GROUP_PATTERNS,
  MOST_GROUPS,
} from "#domain/desk/groups/room-group.ts";
import { isDay } from "#domain/time/period.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { WEEKDAYS } from "#domain/time/weekday.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { faultOfLimits, type WaitLimits } from "#domain/waits/wait-limits.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import type * as answers from "./schema.ts";

const openingTime = (isEnd: boolean) =>
  z.string().refine((text) => isOpeningTime(text, isEnd), "must be a time such as 08:00");
const span = z.strictObject({ from: openingTime(false), to: openingTime(true) });
const hoursShape = z.strictObject({
  time_zone: z.string().refine(isTimeZone, "must be the name of a time zone"),
  weekdays: z.partialRecord(z.enum(WEEKDAYS), z.array(span).max(MOST_SPANS)),
  closed_on: z
    .array(z.string().refine(isDay, "must be a day such as 2026-12-25"))
    .max(MOST_CLOSED_DAYS)
    .default([]),
});
const limitsShape = z.strictObject({ amber_ms: z.int(), red_ms: z.int(), urgent_ms: z.int() });

const linkShape = z.strictObject({
  label: z.string().trim().min(1).max(LONGEST_ACT_LABEL),
  url: z
    .string()
    .trim()
    .max(LONGEST_ACT_URL)
    .superRefine((url, context) => {
      const fault = faultOfActUrl(url);
      if (fault !== null) context.addIssue({ code: "custom", message: fault });
    }),
  how: z.enum(ACT_HOWS).default("open"),
});

export const groupShape = z.strictObject({
  name: z.string().trim().min(1).max(LONGEST_GROUP_NAME),
  source_id: z.uuid().nullish(),
  rooms: z.array(z.string().trim().min(1).max(PATTERN_LENGTH)).min(1).max(MOST_GROUP_PATTERNS),
  hours: hoursShape.nullish(),
  limits: limitsShape.nullish(),
  links: z.array(linkShape).max(MOST_ACT_LINKS).default([]),
  by: operatorName,
});
type Given = z.infer<typeof groupShape>;

export type RoomGroupJson = AnswerOf<typeof answers.roomGroup>;

/** Every group, as the API has it. */
export async function readRoomGroups(): Promise<RoomGroupJson[]> {
  return (await listRoomGroups(database().orm)).map(groupJson);
}

/** `GET /api/v1/room-groups` */
export async function getRoomGroups(): Promise<Response> {
  const answer: AnswerOf<typeof answers.roomGroups> = { results: await readRoomGroups() };
  return Response.json(answer);
}

/** `POST /api/v1/room-groups` */
export async function postRoomGroup(request: Request, asking: Requester): Promise<Response> {
  const { by, ...given } = await bodyOf(request, groupShape, badGroup);
  const facts = await factsOf(given);
  const who = actorOf(asking, by);
  const row = await audited(
    database(),
    who,
    ({ orm }) => told(orm, insertRoomGroup(orm, facts, who.label, Date.now())),
    (made) => made && { action: "group.made", about: aboutGroup(made), details: {} },
  );
  if (row === null) throw badGroup(`there are ${MOST_GROUPS} groups already`);
  return Response.json(groupJson(row), { status: 201 });
}

/** `PUT /api/v1/room-groups/{id}`: replaces what is entered of a group. */
export async function putRoomGroup(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { by, ...given } = await bodyOf(request, groupShape, badGroup);
  const facts = await factsOf(given);
  const who = actorOf(asking, by);
  const row = isUuid(id)
    ? await audited(
        database(),
        who,
        ({ orm }) => told(orm, replaceRoomGroup(orm, id, facts, who.label, Date.now())),
        (changed) =>
          changed && { action: "group.changed", about: aboutGroup(changed), details: {} },
      )
    : null;
  if (row === null) throw notFound("group");
  return Response.json(groupJson(row));
}

/** `DELETE /api/v1/room-groups/{id}` */
export async function removeRoomGroup(id: string, asking: Requester): Promise<Response> {
  const gone = isUuid(id)
    ? await audited(
        database(),
        actorOf(asking),
        ({ orm }) => told(orm, deleteRoomGroup(orm, id)),
        (row) => row && { action: "group.removed", about: aboutGroup(row), details: {} },
      )
    : null;
  if (gone === null) throw notFound("group");
  const answer: AnswerOf<typeof answers.roomGroupRemoved> = { id, deleted: true };
  return Response.json(answer);
}

/** The change, of which every open board hears. */
async function told<T>(orm: Orm, change: Promise<T>): Promise<T> {
  const changed = await change;
  if (changed !== null) await notifyHouse(orm, "groups");
  return changed;
}

async function factsOf(given: Omit<Given, "by">): Promise<RoomGroupFacts> {
  const { name, source_id: sourceId = null, rooms } = given;
  if (sourceId !== null && (await sourceById(database().orm, sourceId)) === null) {
    throw badGroup("source_id: there is no such source");
  }
  return {
    ...{ name, sourceId, patterns: rooms },
    hours: hoursOf(given.hours ?? null),
    limits: limitsOf(given.limits ?? null),
    links: given.links,
  };
}

function hoursOf(given: NonNullable<Given["hours"]> | null): OpeningHours | null {
  if (given === null) return null;
  const closedOn = [...new Set(given.closed_on)].toSorted();
  return { timeZone: given.time_zone, weekdays: given.weekdays, closedOn };
}

function limitsOf(given: NonNullable<Given["limits"]> | null): WaitLimits | null {
  if (given === null) return null;
  const limits = { amberMs: given.amber_ms, redMs: given.red_ms, urgentMs: given.urgent_ms };
  const fault = faultOfLimits(limits);
  if (fault !== null) throw badGroup(`limits: ${fault}`);
  return limits;
}

function groupJson({ id, name, sourceId, patterns, hours, limits, links, ...row }: RoomGroupRow) {
  const json: RoomGroupJson = {
    ...{ id, name, source_id: sourceId, rooms: [...patterns] },
    hours: hours && {
      time_zone: hours.timeZone,
      weekdays: Object.fromEntries(
        WEEKDAYS.flatMap((day) => {
          const spans = hours.weekdays[day];
          return spans === undefined ? [] : [[day, [...spans]]];
        }),
      ),
      closed_on: [...hours.closedOn],
    },
    limits: limits && {
      ...{ amber_ms: limits.amberMs, red_ms: limits.redMs, urgent_ms: limits.urgentMs },
    },
    links: [...links],
    ...{ by: row.by, changed_at: toWireTime(row.changedAt) },
  };
  return json;
}

function aboutGroup({ id, name }: RoomGroupRow): Audited {
  return { kind: "room_group", id, label: name };
}

function badGroup(why: string): ApiError {
  return new ApiError(
    400,
    "bad_group",
    `Send name, rooms, and as you like source_id, hours (time_zone, weekdays, closed_on), limits (amber_ms, red_ms, urgent_ms) and links (label, url, how): ${why}.`,
  );
}
