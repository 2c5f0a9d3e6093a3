import { z } from "zod";
import type { Ms } from "#domain/time/ms.ts";
import type { EmittedBody } from "#server/demo/simulate/bodies/emission.ts";
import type { BodyEvent } from "./body-events.ts";

const startedSchema = z.object({ payload: z.object({ room: z.string() }) });

/** The webhooks of Daily when its meetings in a room end at `at`; an earlier one ends where the next began. */
export function meetingsEnd(bodyEvents: readonly BodyEvent[], at: Ms): EmittedBody[] {
  const started = new Map<string, { body: EmittedBody; at: Ms }>();
  const ended = new Set<string>();
  for (const { body, event } of bodyEvents) {
    if (event.type === "meeting_started" && event.providerMeetingId !== null) {
      started.set(event.providerMeetingId, { body, at: event.at });
    }
    if (event.type === "meeting_ended" && event.providerMeetingId !== null) {
      ended.add(event.providerMeetingId);
    }
  }
  const begins = [...started.values()].map((start) => start.at);
  return [...started].flatMap(([id, { body, at: from }]) => {
    if (ended.has(id)) return [];
    const end = Math.min(at, ...begins.filter((begin) => begin > from));
    return [endedBody(body, id, from, end)];
  });
}

function endedBody(started: EmittedBody, id: string, from: Ms, end: Ms): EmittedBody {
  const { room } = startedSchema.parse(started).payload;
  return {
    ...started,
    type: "meeting.ended",
    id: `1-met-end-${id}`,
    payload: { start_ts: Math.floor(from / 1_000), end_ts: end / 1_000, meeting_id: id, room },
    event_ts: end / 1_000,
  };
}
