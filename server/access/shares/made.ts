import { z } from "zod";
import {
  insertShare,
  listShares,
  revokeShare,
  type ShareFacts,
  type ShareMaker,
  type ShareRow,
} from "#db/access/shares/shares.ts";
import { database } from "#db/connection/client.ts";
import { meetingById } from "#db/meetings/meeting.ts";
import { listSources, sourceById } from "#db/sources/sources.ts";
import type { Audited } from "#domain/access/audit/audited.ts";
import {
  MOST_SHARED_FOR_MS,
  SHARE_KINDS,
  SHARED_FOR_MS,
  type ShareKind,
  WAIT_SHARED_FOR_MS,
} from "#domain/access/shares/share.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import type { Asked } from "#server/http/api.ts";
import { type Caller, isAllowed } from "#server/http/gate/caller.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { mustSeeRoom } from "#server/http/must-be-seen.ts";
import { operatorNameOf } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import type * as answers from "./schema.ts";

const LONGEST_ROOM = 500;
const LONGEST_NAME = 200;

export type ShareJson = AnswerOf<typeof answers.share>;

export const shareShape = z.strictObject({
  kind: z.enum(SHARE_KINDS).default("meeting"),
  meeting_id: z.uuid().nullish(),
  sources: z.array(z.uuid()).min(1).max(100).nullish(),
  source: z.uuid().nullish(),
  room: z.string().min(1).max(LONGEST_ROOM).nullish(),
  name: z.string().trim().min(1).max(LONGEST_NAME).nullish(),
  masked: z.boolean().default(true),
  expires_at: z.iso.datetime({ offset: true }).optional(),
});

type AskedBy<Param extends string = never> = Asked<Param> & Requester;

/** The page that shows a thing of each kind. */
const PAGES: Record<ShareKind, string> = {
  meeting: "shared",
  wallboard: "wallboard",
  wait: "wait",
};

/** The links that a caller may see: their own, and an owner all. */
export async function readShares(caller: Caller): Promise<ShareJson[]> {
  return (await listShares(database().orm, ownOf(caller))).map(shareJson);
}

/** `GET /api/v1/shares` */
export async function getShares({ caller }: AskedBy): Promise<Response> {
  const answer: AnswerOf<typeof answers.shares> = { results: await readShares(caller) };
  return Response.json(answer);
}

/** `POST /api/v1/shares`: this is the one place where a link is made. */
export async function postShare({ request, url, ...asking }: AskedBy): Promise<Response> {
  const { caller } = asking;
  const given = await bodyOf(request, shareShape, badShare);
  const expiresAt = endOf(given, Date.now());
  const thing = await thingOf(given, caller);
  // Nobody shows others what they may not see themself.
  const masked = given.masked || caller.sight.masked;
  const facts = { kind: given.kind, ...thing, masked, expiresAt };
  const { share, token } = await audited(
    database(),
    actorOf(asking),
    ({ orm }) => insertShare(orm, facts, makerOf(caller)),
    (made) => ({
      ...{ action: "share.made", about: aboutShare(made.share), details: { expires: true } },
    }),
  );
  const answer: AnswerOf<typeof answers.madeShare> = {
    ...shareJson(share),
    url: `${url.origin}/${PAGES[share.kind]}/${token}`,
  };
  return Response.json(answer, { status: 201 });
}

/** `DELETE /api/v1/shares/{id}`: for good; this is the one place where a link is revoked. */
export async function deleteShare({ params, ...asking }: AskedBy<"id">): Promise<Response> {
  const revoked = await audited(
    database(),
    actorOf(asking),
    ({ orm }) => revokeShare(orm, params.id, ownOf(asking.caller)),
    (row) => row && { action: "share.revoked", about: aboutShare(row), details: {} },
  );
  if (revoked === null) throw notFound("link");
  return Response.json(shareJson(revoked));
}

function endOf({ expires_at: given, kind }: Given, now: Ms): Ms {
  const usual = kind === "wait" ? WAIT_SHARED_FOR_MS : SHARED_FOR_MS;
  const end = given === undefined ? now + usual : Date.parse(given);
  if (end <= now) throw badShare("expires_at must lie ahead");
  if (end > now + MOST_SHARED_FOR_MS) throw badShare("expires_at must lie within a year");
  return end;
}

type Given = z.infer<typeof shareShape>;

type Thing = Pick<ShareFacts, "meetingId" | "sources" | "room">;

async function thingOf(given: Given, caller: Caller): Promise<Thing> {
  const { kind, source, room, name } = given;
  if (kind !== "wait" && (source != null || room != null || name != null)) {
    throw badShare("source, room and name are for a link of who waits");
  }
  switch (kind) {
    case "meeting":
      return meetingOf(given);
    case "wallboard":
      return sourcesOf(given, caller);
    case "wait":
      return roomOf(given);
    default:
      return kind satisfies never;
  }
}

/** Its guests read what the link is called when it is made: a title may come to have somebody's name in it. */
async function roomOf({ meeting_id, sources, source, room, name }: Given): Promise<Thing> {
  if (meeting_id != null || sources != null) throw badShare("a link of who waits is of a room");
  if (source == null || room == null || name == null) {
    throw badShare("source and room name the room, and name is what its guests read");
  }
  await mustSeeRoom(source, room);
  if ((await sourceById(database().orm, source)) === null) throw notFound("source");
  return { meetingId: null, sources: null, room: { sourceId: source, key: room, name } };
}

async function meetingOf({ meeting_id, sources }: Given) {
  if (meeting_id == null) throw badShare("meeting_id names the meeting to share");
  if (sources != null) throw badShare("sources are for a wallboard");
  const row = await meetingById(database().orm, meeting_id);
  if (row === null) throw notFound("meeting");
  return { meetingId: row.mergedInto ?? row.id, sources: null, room: null };
}

async function sourcesOf({ meeting_id, sources: given }: Given, { sight }: Caller) {
  if (meeting_id != null) throw badShare("meeting_id is for a meeting");
  if (sight.rooms !== null) {
    const why = "A wallboard shows every room of its sources, and you see only some.";
    throw new ApiError(403, "forbidden", why);
  }
  const sources = given ?? sight.sources;
  if (sources === null) return { meetingId: null, sources, room: null };
  const seen = sight.sources ?? (await listSources(database().orm)).map(({ id }) => id);
  if (!sources.every((id) => seen.includes(id))) throw notFound("source");
  return { meetingId: null, sources, room: null };
}

function makerOf(caller: Caller): ShareMaker {
  return {
    madeBy: operatorNameOf(caller, null),
    memberId: caller.kind === "member" ? caller.id : null,
    keyId: caller.kind === "key" ? caller.id : null,
  };
}

/** Whose links a caller may see and revoke; `null` for all. */
function ownOf(caller: Caller): ShareMaker | null {
  return isAllowed(caller, "owner") ? null : makerOf(caller);
}

/** A link as an entry of the audit log names it. */
function aboutShare({ id, kind, meetingName, room }: ShareRow): Audited {
  const label = kind === "wallboard" ? "wallboard" : (room?.name ?? meetingName);
  return { kind: "share", id, label };
}

function shareJson(row: ShareRow): ShareJson {
  const { id, kind, meetingId, meetingName, sources, masked } = row;
  return {
    ...{ id, kind, sources: sources && [...sources], masked, made_by: row.madeBy },
    meeting: meetingId === null ? null : { id: meetingId, name: meetingName },
    room: row.room && { source_id: row.room.sourceId, room: row.room.key, name: row.room.name },
    created_at: toWireTime(row.createdAt),
    expires_at: toWireTime(row.expiresAt),
    revoked_at: toWireTime(row.revokedAt),
    last_opened_at: toWireTime(row.lastOpenedAt),
    opened_count: row.openedCount,
  };
}

function badShare(why: string): ApiError {
  return new ApiError(400, "bad_share", `${why}.`);
}
