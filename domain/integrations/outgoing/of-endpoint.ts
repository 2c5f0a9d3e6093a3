import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { type PauseReason, type Signing, TEST } from "./endpoint.ts";
import { keyOf, type Occurrence, ownBody } from "./occurrence.ts";

/** An endpoint as others are told of it. */
export interface ToldEndpoint {
  id: string;
  url: string;
  pausedAt: Ms | null;
  pausedFor: PauseReason | null;
  failingSince: Ms | null;
}

/** `endpoint.paused`: nothing is sent to another endpoint any more. */
export function endpointPaused(endpoint: ToldEndpoint, now: Ms): Occurrence {
  const trigger = "endpoint.paused";
  const { id, url, pausedAt, pausedFor, failingSince } = endpoint;
  const at = pausedAt ?? now;
  return {
    ...{ trigger, at, meetingId: null },
    ...{ key: keyOf(trigger, id, at), about: keyOf(trigger, id, at) },
    body: (message) =>
      ownBody(trigger, at, message, {
        endpoint: { id, url },
        reason: pausedFor,
        failing_since: toWireTime(failingSince),
      }),
  };
}

/** A webhook that tells nothing: by it a receiver is tried. To those of one provider it is what that one sends. */
export function testBody(signing: Signing, { id, madeAt }: { id: string; madeAt: Ms }): object {
  switch (signing) {
    case "standard":
      return ownBody(TEST, madeAt, { id, madeAt, corrects: null }, {});
    case "attendee":
      return { idempotency_key: id, bot_id: null, bot_metadata: null, trigger: TEST, data: {} };
    case "daily":
      return { test: "test" };
    default:
      return signing satisfies never;
  }
}
