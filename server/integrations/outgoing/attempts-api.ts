import { v7 as uuid } from "uuid";
import { database } from "#db/connection/client.ts";
import {
  cancelResend,
  hasAttempt,
  listAttempts,
  type ResendJob,
  type Resent,
  resend,
  resendJob,
} from "#db/integrations/outgoing/attempts.ts";
import type { StoredEndpoint } from "#db/integrations/outgoing/endpoints.ts";
import { addAlone } from "#db/integrations/outgoing/messages.ts";
import { wakeSender } from "#db/integrations/outgoing/waking.ts";
import { TEST } from "#domain/integrations/outgoing/endpoint.ts";
import { testBody } from "#domain/integrations/outgoing/of-endpoint.ts";
import { isTaken } from "#domain/integrations/outgoing/pace.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { badCursor, cursorOf, limitIn, page } from "#server/http/cursor.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { oneOf, textIn } from "#server/http/query.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { badEndpoint, endpointNamed } from "./api.ts";
import { resendShape } from "./given.ts";
import { attemptJson, resendJson } from "./json.ts";
import type * as answers from "./schema.ts";
import { aboutEndpoint } from "./sending/noted.ts";
import { sendOnce } from "./sending/send.ts";

/** Which attempts are listed: those that were not taken. */
export const FAILED = ["failed"] as const;

/** `GET /api/v1/endpoints/{id}/attempts`, newest first. */
export async function getAttempts(url: URL, id: string): Promise<Response> {
  const { id: endpointId } = await endpointNamed(id);
  const limit = limitIn(url);
  const cursor = attemptCursor(textIn(url, "cursor"));
  const failed = oneOf(url, "only", FAILED) !== null;
  const rows = await listAttempts(database().orm, { endpointId, failed }, cursor, limit + 1);
  const { rows: shown, ...links } = page(url, rows, limit, cursor, (row) => [row.at, row.id]);
  const answer: AnswerOf<typeof answers.attempts> = { ...links, results: shown.map(attemptJson) };
  return Response.json(answer);
}

function attemptCursor(text: string | null) {
  if (text === null) return null;
  const { direction, key } = cursorOf(text);
  const [at, id] = key;
  if (typeof at !== "number" || typeof id !== "string" || !isUuid(id)) throw badCursor();
  return { direction, key: { at, id } };
}

/** `POST /api/v1/endpoints/{id}/test`: sends a webhook that tells nothing, and answers what came back. */
export async function postTest(id: string, asking: Requester): Promise<Response> {
  const endpoint = await endpointNamed(id);
  const { env } = processContext();
  const whole = database();
  const now = Date.now();
  const messageId = uuid();
  const message = await addAlone(whole.orm, {
    ...{ id: messageId, endpointId: endpoint.id, trigger: TEST, about: messageId },
    body: JSON.stringify(testBody(endpoint.signing, { id: messageId, madeAt: now })),
    // It is sent here and now, and by nobody else.
    ...{ madeAt: now, state: "failed", nextAt: now },
  });
  if (message === null) throw notFound("endpoint");
  const { secret, allowedNetworks: allowed } = env;
  const sent = await sendOnce(
    { database: whole, secret, allowed, now: Date.now, chance: Math.random },
    endpoint,
    message,
    new AbortController().signal,
  );
  const taken = isTaken(sent.status);
  await audited(
    whole,
    actorOf(asking),
    async () => undefined,
    () => ({ action: "endpoint.tested", about: aboutEndpoint(endpoint), details: { taken } }),
  );
  const answer: AnswerOf<typeof answers.tested> = {
    ...{ id: sent.attemptId, taken, at: toWireTime(sent.at), took_ms: sent.tookMs },
    ...{ status: sent.status, failure: sent.failure, excerpt: sent.excerpt },
  };
  return Response.json(answer);
}

/** `POST /api/v1/endpoints/{id}/attempts/{attempt}/resend` */
export async function postResendOne(
  id: string,
  attempt: string,
  asking: Requester,
): Promise<Response> {
  const endpoint = await endpointNamed(id);
  if (!(await hasAttempt(database().orm, endpoint.id, attempt))) throw notFound("attempt");
  return begun(await beginResend(endpoint, { attempt }, asking));
}

/** `POST /api/v1/endpoints/{id}/resend`: what was made in `[from, to)`. */
export async function postResend(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const given = await bodyOf(request, resendShape, badEndpoint);
  const endpoint = await endpointNamed(id);
  const which = { from: Date.parse(given.from), to: Date.parse(given.to), only: given.only };
  return begun(await beginResend(endpoint, which, asking));
}

async function beginResend(
  endpoint: StoredEndpoint,
  which: Resent,
  asking: Requester,
): Promise<ResendJob> {
  if (endpoint.pausedAt !== null) {
    const message = "Nothing is sent to a paused endpoint: let it go on first.";
    throw new ApiError(409, "endpoint_paused", message);
  }
  return audited(
    database(),
    actorOf(asking),
    async ({ orm }) => {
      const job = await resend(orm, endpoint.id, which, Date.now());
      await wakeSender(orm);
      return job;
    },
    ({ total }) => ({
      action: "endpoint.resent",
      about: aboutEndpoint(endpoint),
      details: { messages: total },
    }),
  );
}

function begun(job: ResendJob): Response {
  return Response.json(resendJson(job), { status: 202 });
}

/** `GET /api/v1/endpoints/{id}/resend/{job}`: how far it is. */
export async function getResend(id: string, job: string): Promise<Response> {
  const found = await resendJob(database().orm, (await endpointNamed(id)).id, job);
  if (found === null) throw notFound("job");
  return Response.json(resendJson(found));
}

/** `DELETE /api/v1/endpoints/{id}/resend/{job}`: what it has not sent yet is given up. */
export async function deleteResend(id: string, job: string): Promise<Response> {
  const { orm, transaction } = database();
  const { id: endpointId } = await endpointNamed(id);
  const found = await resendJob(orm, endpointId, job);
  if (found === null) throw notFound("job");
  if (found.waiting > 0) {
    await transaction(async (tx) => {
      await cancelResend(tx, found.id, Date.now());
    });
  }
  return getResend(id, found.id);
}
