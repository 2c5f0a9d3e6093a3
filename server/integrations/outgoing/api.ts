import { database } from "#db/connection/client.ts";
import {
  endpointById,
  listEndpoints,
  type StoredEndpoint,
} from "#db/integrations/outgoing/endpoints.ts";
import { waitingMessages } from "#db/integrations/outgoing/messages.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { endpointRotationShape, endpointShape, newEndpointShape, unknownSource } from "./given.ts";
import { type EndpointJson, endpointJson } from "./json.ts";
import {
  dropEndpoint,
  type ManagingEndpoints,
  reachableUrl,
  rotateEndpoint,
  setEndpoint,
  storeEndpoint,
} from "./managing.ts";
import type * as answers from "./schema.ts";
import { ForbiddenAddress } from "./sending/address.ts";

/** How long the older secret is used too, where nobody says. */
const OVERLAP_MS: Ms = 86_400_000;

function managingEndpoints(asking: Requester): ManagingEndpoints {
  const { env } = processContext();
  return {
    database: database(),
    secret: env.secret,
    allowed: env.allowedNetworks,
    by: actorOf(asking),
  };
}

/** Every endpoint with its state. */
export async function readEndpoints(): Promise<EndpointJson[]> {
  const { orm } = database();
  const [all, waiting] = await Promise.all([listEndpoints(orm, Date.now()), waitingMessages(orm)]);
  return all.map((one) => endpointJson(one, waiting.get(one.id)?.waiting ?? 0));
}

/** An endpoint with its state; `null` where there is none. */
export async function readEndpoint(id: string): Promise<EndpointJson | null> {
  const { orm } = database();
  const [one, waiting] = await Promise.all([
    endpointById(orm, id, Date.now()),
    waitingMessages(orm),
  ]);
  return one && endpointJson(one, waiting.get(one.id)?.waiting ?? 0);
}

/** The endpoint with that id. Throws 404. */
export async function endpointNamed(id: string): Promise<StoredEndpoint> {
  const endpoint = await endpointById(database().orm, id, Date.now());
  if (endpoint === null) throw notFound("endpoint");
  return endpoint;
}

/** `GET /api/v1/endpoints` */
export async function getEndpoints(): Promise<Response> {
  const answer: AnswerOf<typeof answers.endpoints> = { results: await readEndpoints() };
  return Response.json(answer);
}

/** `GET /api/v1/endpoints/{id}` */
export async function getEndpoint(id: string): Promise<Response> {
  const found = await readEndpoint(id);
  if (found === null) throw notFound("endpoint");
  return Response.json(found);
}

/** `POST /api/v1/endpoints`: its secret is answered this once. */
export async function postEndpoint(request: Request, asking: Requester): Promise<Response> {
  const { secret = null, ...given } = await bodyOf(request, newEndpointShape, badEndpoint);
  mustRead(asking.caller);
  await mustKnow(given.sources);
  const added = await orBadUrl(
    storeEndpoint(managingEndpoints(asking), { ...given, secret }, Date.now()),
  );
  const stored = await readEndpoint(added.id);
  if (stored === null) throw notFound("endpoint");
  const answer: AnswerOf<typeof answers.addedEndpoint> = { ...stored, secret: added.secret };
  return Response.json(answer, { status: 201 });
}

/** `PATCH /api/v1/endpoints/{id}`: a field left out stays. One that is resumed is tried at once. */
export async function patchEndpoint(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { url, paused, ...given } = await bodyOf(request, endpointShape, badEndpoint);
  mustRead(asking.caller);
  const endpoint = await endpointNamed(id);
  await mustKnow(given.sources);
  const managing = managingEndpoints(asking);
  const now = Date.now();
  const changes = {
    ...(url !== undefined && { url: await orBadUrl(reachableUrl(url, managing.allowed)) }),
    ...(given.triggers !== undefined && { triggers: [...new Set(given.triggers)] }),
    ...(given.signing !== undefined && { signing: given.signing }),
    ...(given.sources !== undefined && { sources: given.sources }),
    ...(given.rooms !== undefined && { rooms: given.rooms }),
    ...(paused !== undefined && pauseOf(endpoint, paused, now)),
  };
  await setEndpoint(managing, endpoint, changes, Object.keys(changes));
  return getEndpoint(id);
}

/** One that goes on is believed to take what it is sent, and gets two more days. */
function pauseOf({ pausedAt }: StoredEndpoint, paused: boolean, now: Ms) {
  if (paused === (pausedAt !== null)) return {};
  return paused
    ? { pausedAt: now, pausedFor: "by_hand" as const }
    : { pausedAt: null, pausedFor: null, failingSince: null, restsUntil: null };
}

/** `DELETE /api/v1/endpoints/{id}`: answers it as it was. */
export async function deleteEndpoint(id: string, asking: Requester): Promise<Response> {
  const endpoint = await endpointNamed(id);
  await dropEndpoint(managingEndpoints(asking), endpoint);
  return Response.json(endpointJson(endpoint, 0));
}

/** `POST /api/v1/endpoints/{id}/rotate`: a new secret, answered this once. */
export async function postEndpointRotation(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const given = await bodyOf(request, endpointRotationShape, badEndpoint);
  mustRead(asking.caller);
  const endpoint = await endpointNamed(id);
  const now = Date.now();
  const until = given.until == null ? now + OVERLAP_MS : Date.parse(given.until);
  if (until < now) throw badEndpoint("until: has to be a moment to come");
  const managing = managingEndpoints(asking);
  const secret = await rotateEndpoint(managing, endpoint, given.secret ?? null, { now, until });
  const answer: AnswerOf<typeof answers.rotatedEndpoint> = {
    ...{ id, secret },
    until: toWireTime(until),
  };
  return Response.json(answer);
}

/** Whoever has the installation told to others has to be one who may read it. */
function mustRead(caller: Caller): void {
  if (caller.kind !== "key" || caller.scopes.includes("read")) return;
  throw new ApiError(403, "forbidden", "This key may not read: it was made without that.");
}

async function mustKnow(sources: readonly string[] | null | undefined): Promise<void> {
  const unknown = await unknownSource(database().orm, sources);
  if (unknown !== null) throw badEndpoint(`sources: there is no source ${unknown}`);
}

async function orBadUrl<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ForbiddenAddress) throw badEndpoint(`url: ${error.message}`);
    throw error;
  }
}

export function badEndpoint(why: string): ApiError {
  return new ApiError(
    400,
    "bad_endpoint",
    `Send url, triggers, signing, sources and rooms as they are documented: ${why}.`,
  );
}
