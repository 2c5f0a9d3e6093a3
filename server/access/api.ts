import { z } from "zod";
import { type ApiKeyRow, createKey, listKeys, revokeKey } from "#db/access/keys.ts";
import { database } from "#db/connection/client.ts";
import { unknownSources } from "#db/sources/sources.ts";
import { SCOPES } from "#domain/access/scope.ts";
import { MOST_PATTERNS, PATTERN_LENGTH } from "#domain/access/sight.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { keyCreated, keyRevoked } from "./noted.ts";
import type * as answers from "./schema.ts";

/** A key as an operator may see it. */
export type ApiKeyJson = AnswerOf<typeof answers.apiKey>;

/** What of the installation somebody is to see, as it is sent. */
const sightShape = {
  sources: z.array(z.uuid().toLowerCase()).min(1).max(1_000).nullish(),
  rooms: z.array(z.string().min(1).max(PATTERN_LENGTH)).min(1).max(MOST_PATTERNS).nullish(),
  masked: z.boolean().default(false),
};

export const keyShape = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .default([...SCOPES]),
  ...sightShape,
  expires_at: z.iso.datetime({ offset: true }).nullish(),
});

/** Every key, the revoked ones too, oldest first. */
export async function readKeys(): Promise<ApiKeyJson[]> {
  return (await listKeys(database().orm)).map(apiKeyJson);
}

/** `GET /api/v1/keys` */
export async function getKeys(): Promise<Response> {
  const answer: AnswerOf<typeof answers.apiKeys> = { results: await readKeys() };
  return Response.json(answer);
}

/** `POST /api/v1/keys` */
export async function postKey(request: Request, asking: Requester): Promise<Response> {
  const { name, scopes, expires_at, ...seen } = await bodyOf(request, keyShape, badKey);
  const expiresAt = expires_at == null ? null : Date.parse(expires_at);
  if (expiresAt !== null && expiresAt <= Date.now()) throw badKey("expires_at must lie ahead");
  const [unknown] = await unknownSources(database().orm, seen.sources ?? []);
  if (unknown !== undefined) throw badKey(`sources names ${unknown}, which is no source`);
  const limits = {
    scopes: SCOPES.filter((scope) => scopes.includes(scope)),
    sight: { sources: seen.sources ?? null, rooms: seen.rooms ?? null, masked: seen.masked },
    expiresAt,
  };
  const made = await audited(
    database(),
    actorOf(asking),
    ({ orm }) => createKey(orm, name, limits),
    keyCreated,
  );
  const answer: AnswerOf<typeof answers.createdKey> = { ...apiKeyJson(made), key: made.key };
  return Response.json(answer, { status: 201 });
}

/** `DELETE /api/v1/keys/{id}`: for good. A key that was revoked before stays as it was. */
export async function deleteKey(id: string, asking: Requester): Promise<Response> {
  const revoked = await audited(
    database(),
    actorOf(asking),
    ({ orm }) => revokeKey(orm, id),
    keyRevoked,
  );
  if (revoked === null) throw notFound("key");
  return Response.json(apiKeyJson(revoked));
}

/** Never the key itself. */
export function apiKeyJson(row: ApiKeyRow): ApiKeyJson {
  const { id, name, scopes, sight, createdAt, expiresAt, lastUsedAt, revokedAt } = row;
  return {
    id,
    name,
    scopes,
    sources: sight.sources && [...sight.sources],
    rooms: sight.rooms && [...sight.rooms],
    masked: sight.masked,
    created_at: toWireTime(createdAt),
    expires_at: toWireTime(expiresAt),
    last_used_at: toWireTime(lastUsedAt),
    revoked_at: toWireTime(revokedAt),
  };
}

function badKey(why: string): ApiError {
  return new ApiError(400, "bad_key", `${why}.`);
}
