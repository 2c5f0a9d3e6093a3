import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { meetings } from "#db/schema/projected.ts";
import type { AuditActor, AuditEntry } from "#domain/access/audit/audit.ts";
import { parseUtc } from "#domain/time/time.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { mustBeSeen } from "#server/http/must-be-seen.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { CorrectionImpossible, UnknownInMeeting } from "#server/ingest/correct-meeting.ts";
import {
  type CorrectionInput,
  type RecordedCorrection,
  recordCorrection,
} from "#server/ingest/record-correction.ts";
import { audited } from "#server/runtime/audit.ts";
import type { correction } from "./schema.ts";

const MOST_PARTICIPANTS = 200;

const ids = z
  .array(z.string().min(1).max(1_000))
  .min(1)
  .max(MOST_PARTICIPANTS)
  .transform((all) => [...new Set(all)]);

const moment = z.string().transform((text, context) => {
  const at = parseUtc(text);
  if (at !== null) return at;
  context.addIssue("not a time in UTC");
  return z.NEVER;
});

export const correctionShape = z.discriminatedUnion("verdict", [
  z.object({ verdict: z.literal("same"), participant_ids: ids, by: operatorName }),
  z.object({ verdict: z.literal("joined"), with: z.string(), by: operatorName }),
  z.object({ verdict: z.literal("parted"), at: moment, by: operatorName }),
  z.object({
    verdict: z.enum(["note_taker", "person"]),
    participant_ids: ids,
    by: operatorName,
  }),
  z.object({
    verdict: z.literal("not_here"),
    person_ids: ids.optional(),
    participant_ids: ids.optional(),
    where: z.enum(["present", "waiting"]).optional(),
    since: moment.optional(),
    by: operatorName,
  }),
  z.object({
    verdict: z.literal("different"),
    participant_ids: ids,
    apart_from: ids,
    by: operatorName,
  }),
]);
export const undoShape = z.object({ by: operatorName });

/** `POST /api/v1/meetings/{id}/rulings`: an operator corrects who is who, what is one meeting, or who is not there. */
export async function postCorrection(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const body = await bodyOf(request, correctionShape, badCorrection);
  return recordAndAnswer(id, correctionOf(body), actorOf(asking, body.by), 201);
}

/** `DELETE /api/v1/meetings/{id}/rulings/{ruling}`: undoes such a correction. */
export async function deleteCorrection(
  request: Request,
  id: string,
  ruling: string,
  asking: Requester,
): Promise<Response> {
  const body = await bodyOf(request, undoShape, badCorrection);
  return recordAndAnswer(id, { verdict: "undone", ruling }, actorOf(asking, body.by), 200);
}

function correctionOf(body: z.infer<typeof correctionShape>): CorrectionInput {
  if (body.verdict === "joined") return { verdict: "joined", other: body.with };
  if (body.verdict === "parted") return { verdict: "parted", at: body.at };
  if (body.verdict === "not_here") {
    return {
      verdict: "not_here",
      people: body.person_ids ?? null,
      participants: body.participant_ids ?? null,
      where: body.where ?? null,
      since: body.since ?? null,
    };
  }
  const participantIds = body.participant_ids;
  if (body.verdict === "same") {
    if (participantIds.length < 2)
      throw badCorrection("one person is made of at least two participants");
    return { verdict: "same", participantIds };
  }
  if (body.verdict !== "different") return { verdict: body.verdict, participantIds };
  const apartFrom = body.apart_from;
  if (participantIds.some((one) => apartFrom.includes(one))) {
    throw badCorrection("nobody is somebody else than themselves");
  }
  return { verdict: "different", participantIds, apartFrom };
}

async function recordAndAnswer(
  id: string,
  input: CorrectionInput,
  by: AuditActor,
  status: number,
): Promise<Response> {
  const other = input.verdict === "joined" ? [input.other] : [];
  await mustBeSeen(meetings, [id, ...other], "meeting");
  try {
    const done = await audited(
      database(),
      by,
      (client) => recordCorrection(client, id, input, by.label, Date.now()),
      (recorded) => recorded && noted(input, recorded),
    );
    if (done === null) throw notFound("meeting");
    const { ruling, meetingId, seq } = done;
    const entered: AnswerOf<typeof correction> = {
      ruling,
      meeting_id: meetingId,
      seq,
      by: by.label,
    };
    return Response.json(entered, { status });
  } catch (error) {
    if (error instanceof CorrectionImpossible) {
      throw Object.assign(new ApiError(409, "not_to_be_said", error.message), { cause: error });
    }
    if (!(error instanceof UnknownInMeeting)) throw error;
    throw Object.assign(new ApiError(404, "not_found", error.message), { cause: error });
  }
}

function noted(
  { verdict }: CorrectionInput,
  { ruling, meetingId, room }: RecordedCorrection,
): AuditEntry {
  const about = { kind: "meeting", id: meetingId, label: room } as const;
  return verdict === "undone"
    ? { action: "correction.withdrawn", about, details: { ruling } }
    : { action: "correction.made", about, details: { verdict, ruling } };
}

function badCorrection(why: string): ApiError {
  return new ApiError(
    400,
    "bad_ruling",
    `Send {"verdict": "same", "participant_ids": […]} {"verdict": "different", "participant_ids": […], "apart_from": […]}, {"verdict": "note_taker" or "person", "participant_ids": […]}, {"verdict": "joined", "with": a meeting's id}, {"verdict": "parted", "at": a time in UTC} or {"verdict": "not_here"}, perhaps with "person_ids", "participant_ids", "where" and "since": ${why}.`,
  );
}
