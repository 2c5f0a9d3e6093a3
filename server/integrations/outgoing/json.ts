import type { AttemptRow, ResendJob } from "#db/integrations/outgoing/attempts.ts";
import type { StoredEndpoint } from "#db/integrations/outgoing/endpoints.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type * as answers from "./schema.ts";

export type EndpointJson = AnswerOf<typeof answers.endpoint>;

/** An endpoint, and how many messages wait for it. */
export function endpointJson(endpoint: StoredEndpoint, waiting: number): EndpointJson {
  const { id, url, triggers, signing, sources, rooms, addedAt, by, secrets } = endpoint;
  const { pausedAt, pausedFor, failingSince, lastTakenAt, restsUntil } = endpoint;
  return {
    ...{ id, url, triggers, signing, sources, rooms },
    added_at: toWireTime(addedAt),
    added_by: by,
    state: stateOf(endpoint),
    paused_at: toWireTime(pausedAt),
    paused_for: pausedFor,
    failing_since: toWireTime(failingSince),
    last_taken_at: toWireTime(lastTakenAt),
    rests_until: toWireTime(restsUntil),
    waiting,
    rotating_until: toWireTime(secrets.length > 1 ? (secrets.at(-1)?.retiredAt ?? null) : null),
  };
}

function stateOf({ pausedAt, failingSince, lastTakenAt }: StoredEndpoint): EndpointJson["state"] {
  if (pausedAt !== null) return "paused";
  if (failingSince !== null) return "failing";
  return lastTakenAt === null ? "waiting" : "taking";
}

export function attemptJson(row: AttemptRow): AnswerOf<typeof answers.attempt> {
  const { id, at, tookMs, status, failure, excerpt, message } = row;
  return {
    ...{ id, at: toWireTime(at), took_ms: tookMs, status, failure, excerpt },
    message: {
      id: message.id,
      trigger: message.trigger,
      meeting_id: message.meetingId,
      corrects: message.corrects,
      made_at: toWireTime(message.madeAt),
      state: message.state,
      attempts: message.attempts,
      next_at: message.state === "pending" ? toWireTime(message.nextAt) : null,
      body: message.body,
    },
  };
}

export function resendJson(job: ResendJob): AnswerOf<typeof answers.resendJob> {
  const { id, at, total, waiting, failed, cancelledAt } = job;
  return {
    id,
    state: cancelledAt !== null ? "cancelled" : waiting > 0 ? "running" : "done",
    ...{ total, done: total - waiting, failed },
    begun_at: toWireTime(at),
  };
}
