import { z } from "zod";
import { database } from "#db/client.ts";
import { isMeetingId } from "#db/reading/meeting.ts";
import type { Statement } from "#db/statements.ts";
import type { Difference } from "#domain/statement/differences.ts";
import { toWireTime } from "#domain/wire.ts";
import type { Caller } from "#server/auth/caller.ts";
import { type Checked, checkStatement, type Held } from "#server/statements/check.ts";
import { factsShape } from "#server/statements/facts-shape.ts";
import { stateAttendance } from "#server/statements/issue.ts";
import { ApiError, notFound } from "./answer.ts";
import { bodyOf } from "./body.ts";
import { textIn } from "./query.ts";
import { NOBODY, operatorName } from "./rulings.ts";

const asked = z.object({
  meeting_id: z.string().refine(isMeetingId, "no id of a meeting"),
  participant_id: z.string().min(1).max(1_000),
  by: operatorName,
});

const held = z.object({
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, "a hash has 64 hexadecimal digits")
    .optional(),
  facts: factsShape.optional(),
});

/** `POST /api/v1/statements`: states what a connection's person did in a meeting that has ended. */
export async function postStatement(request: Request, url: URL, caller: Caller): Promise<Response> {
  const body = await bodyOf(request, asked, badStatement);
  const madeBy = caller.kind === "key" ? caller.name : body.by || NOBODY;
  const named = { meetingId: body.meeting_id, participantId: body.participant_id };
  const issued = await stateAttendance(database(), named, madeBy, Date.now());
  switch (issued.kind) {
    case "issued":
      return Response.json(statementJson(url, issued.statement), {
        status: issued.isNew ? 201 : 200,
      });
    case "unknown":
      throw notFound("person in such a meeting");
    case "going_on":
      throw new ApiError(
        409,
        "meeting_going_on",
        "A statement is made of a meeting that has ended. Ask again when it has.",
      );
    default:
      return issued satisfies never;
  }
}

/** `GET /api/v1/statements/{id}`, for whoever has its address; `hash` is compared with the one issued. */
export async function getStatement(url: URL, id: string): Promise<Response> {
  return checked(url, id, { hash: textIn(url, "hash"), facts: null });
}

/** `POST /api/v1/statements/{id}/check`: compares a statement's `hash` or `facts` with what was issued. */
export async function postCheck(request: Request, url: URL, id: string): Promise<Response> {
  const { hash = null, facts = null } = await bodyOf(request, held, badCheck);
  return checked(url, id, { hash, facts });
}

async function checked(url: URL, id: string, shown: Held): Promise<Response> {
  const found = await checkStatement(database(), id, shown);
  if (found === null) throw notFound("statement");
  return Response.json({ ...statementJson(url, found.statement), ...checkJson(found) });
}

function statementJson(url: URL, { id, hash, facts, madeAt, madeBy, erasedAt }: Statement) {
  return {
    id,
    url: new URL(`/statements/${id}?hash=${hash}`, url).href,
    hash,
    made_at: toWireTime(madeAt),
    made_by: madeBy,
    erased_at: toWireTime(erasedAt),
    facts,
  };
}

function checkJson({ verdict, altered, corrected }: Checked) {
  return {
    verdict,
    altered: altered.map(differenceJson),
    corrected: corrected.map(differenceJson),
  };
}

function differenceJson({ meetingId, fact, was, is }: Difference) {
  return { meeting_id: meetingId, fact, was: was ?? null, is: is ?? null };
}

function badStatement(why: string): ApiError {
  return new ApiError(400, "bad_statement", `Send {"meeting_id": …, "participant_id": …}: ${why}.`);
}

function badCheck(why: string): ApiError {
  return new ApiError(
    400,
    "bad_check",
    `Send the file of a statement, or {"hash": …} from its paper: ${why}.`,
  );
}
