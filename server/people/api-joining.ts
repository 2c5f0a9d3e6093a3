import { database } from "#db/connection/client.ts";
import { figuresOf } from "#db/people/people-figures.ts";
import { metBoth, personById } from "#db/people/person.ts";
import { previewJoining } from "#domain/people/joining.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type { joining } from "./schema.ts";

/** Two people with more meetings together than this are hardly one person. */
const MOST_TOGETHER = 2_000;

/** `GET /api/v1/people/{id}/with/{other}`: the numbers that two people would have as one person. */
export async function getJoiningPreview(id: string, otherId: string): Promise<Response> {
  const now = Date.now();
  const reader = database().orm;
  const [one, other] = await Promise.all([personById(reader, id), personById(reader, otherId)]);
  if (one === null || other === null) throw notFound("person");
  if (one.rowId === other.rowId) {
    throw new ApiError(409, "already_joined", "These two are one already.");
  }
  const [figures, met] = await Promise.all([
    figuresOf(reader, [one.rowId, other.rowId], null),
    metBoth(reader, one, other, MOST_TOGETHER + 1),
  ]);
  if (met.length > MOST_TOGETHER) {
    throw new ApiError(
      422,
      "too_many_together",
      `They were at more than ${MOST_TOGETHER} meetings together, so they are hardly one.`,
    );
  }
  const [of, ofOther] = [one, other].map(({ rowId }) =>
    figures.find((person) => person.rowId === rowId),
  );
  if (!of || !ofOther) throw notFound("person");
  const preview = previewJoining(of, ofOther, met, now);
  const answer: AnswerOf<typeof joining> = {
    people: [one.id, other.id],
    meetings: preview.meetings,
    meetings_of_both: preview.both,
    meetings_at_once: preview.atOnce,
    at_once_ms: preview.atOnceMs,
    attended_ms: preview.attendedMs,
    as_of: toWireTime(now),
  };
  return Response.json(answer);
}
