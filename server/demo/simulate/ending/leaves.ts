import { z } from "zod";
import type { Ms } from "#domain/time/ms.ts";
import type { EmittedBody } from "#server/demo/simulate/bodies/emission.ts";
import type { SimulatedProvider } from "#server/demo/simulate/plot/gathering.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";

const json = z.record(z.string(), z.json());

const fromDaily = z.object({
  type: z.enum(["participant.joined", "waiting-participant.joined"]),
  payload: json.and(z.object({ session_id: z.string(), joined_at: z.number() })),
});
const fromAttendee = z.object({ data: json });

/** The provider's body for a leave at `at`, made from the body of the join, so that it repeats its fields. */
export function leaves(
  named: SimulatedProvider,
  came: EmittedBody,
  at: Ms,
  ids: Random,
): EmittedBody {
  switch (named) {
    case "daily":
      return dailyLeaves(came, at);
    case "attendee":
      return attendeeLeaves(came, at, ids);
    default:
      return named satisfies never;
  }
}

function dailyLeaves(came: EmittedBody, at: Ms): EmittedBody {
  const { type, payload } = fromDaily.parse(came);
  const { session_id, joined_at } = payload;
  const isIn = type === "participant.joined";
  const since = Math.round(joined_at * 1_000);
  return {
    ...came,
    type: isIn ? "participant.left" : "waiting-participant.left",
    id: `1-${isIn ? "ptcpt" : "w-ptcpt"}-left-${session_id}-${since}`,
    payload: { ...payload, duration: Math.max(0, at / 1_000 - joined_at) },
    event_ts: at / 1_000,
  };
}

function attendeeLeaves(came: EmittedBody, at: Ms, ids: Random): EmittedBody {
  const { data } = fromAttendee.parse(came);
  return {
    ...came,
    idempotency_key: ids.uuid(),
    data: { ...data, id: `pe_${ids.token(16)}`, event_type: "leave", timestamp_ms: at },
  };
}
