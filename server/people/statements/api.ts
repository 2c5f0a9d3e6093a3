import { z } from "zod";
import { database } from "#db/connection/client.ts";
import {
  issueStatement,
  type Statement,
  statementNamed,
} from "#db/people/statements/statements.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import { statementPath } from "#domain/people/statements/address.ts";
import type { Difference } from "#domain/people/statements/differences.ts";
import { readHash } from "#domain/people/statements/hash.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isDay, periodOf } from "#domain/time/period.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { actorOf, holderOfLink, type Origin, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName } from "#server/http/operator.ts";
import { offsetIn } from "#server/http/period.ts";
import { textIn } from "#server/http/query.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { audited, auditRead } from "#server/runtime/audit.ts";
import { type Checked, checkStatement, type PresentedStatement } from "./check.ts";
import {
  type Issued,
  MOST_MEETINGS,
  type StatementRefusal,
  stateAttendance,
  stateDays,
} from "./issue.ts";
import { statementMade, statementOpened } from "./noted.ts";
import * as answers from "./schema.ts";

const day = z.string().refine(isDay, "no day such as 2026-11-20");
export const statementShape = z.union(
  [
    z.object({
      meeting_id: z.string().refine(isUuid, "no id of a meeting"),
      participant_id: z.string().min(1).max(1_000),
      by: operatorName,
    }),
    z.object({
      person_id: z.guid(),
      from: day,
      to: day,
      tz: z.string().refine(isTimeZone, "no zone of the IANA database").optional(),
      by: operatorName,
    }),
  ],
  "neither a person of a meeting nor a person and days",
);

export const checkShape = z.object({
  hash: z
    .string()
    .transform((text, context) => {
      const { hash, wrong } = readHash(text);
      if (hash !== null) return hash;
      context.addIssue(`this is ${wrong}`);
      return z.NEVER;
    })
    .optional(),
  facts: z.optional(z.nullable(answers.facts)),
});

/**
 * `POST /api/v1/statements`: states what a participant's person did in a meeting that has ended, or what a
 * person did over days. 201; 200 where a statement of the same facts exists.
 */
export async function postStatement(
  request: Request,
  url: URL,
  asking: Requester,
): Promise<Response> {
  const body = await bodyOf(request, statementShape, badStatement);
  const by = actorOf(asking, body.by);
  const issued = await issue(body, by, Date.now());
  if (issued.kind === "refused") throw refused(issued.reason);
  const status = issued.isNew ? 201 : 200;
  return Response.json(statementJson(url, issued.statement), { status });
}

async function issue(
  body: z.infer<typeof statementShape>,
  by: AuditActor,
  now: Ms,
): Promise<Issued> {
  const issuer: Parameters<typeof stateDays>[0] = {
    orm: database().orm,
    store: (facts, made) =>
      audited(
        database(),
        by,
        (client) => issueStatement(client, facts, made),
        ({ statement, isNew }) =>
          isNew ? statementMade(statement) : statementOpened(statement, "unaltered"),
      ),
  };
  if ("meeting_id" in body) {
    const named = { meetingId: body.meeting_id, participantId: body.participant_id };
    return stateAttendance(issuer, named, by.label, now);
  }
  const { person_id, from, to, tz = installationTimeZone() } = body;
  const period = periodOf(from, to, tz, offsetIn(tz));
  return stateDays(issuer, person_id, period, by.label, now);
}

function refused(reason: StatementRefusal): ApiError {
  switch (reason) {
    case "unknown":
      return notFound("person there");
    case "going_on":
      return new ApiError(
        409,
        "meeting_going_on",
        "A statement is made of a meeting that has ended. Ask again when it has.",
      );
    case "ambiguous":
      return new ApiError(
        409,
        "several_of_that_name",
        "Several guests of this name were at one of the meetings. Say there who is who, then ask again.",
      );
    case "too_many":
      return new ApiError(
        400,
        "too_many_meetings",
        `A statement is of at most ${MOST_MEETINGS} meetings: ask for fewer days.`,
      );
    default:
      return reason satisfies never;
  }
}

/** `GET /api/v1/statements/{id}`: needs only the address, no key; `hash` is compared with the issued one. */
export async function getStatement(url: URL, id: string, from: Origin): Promise<Response> {
  return checked(url, id, { hash: hashAsked(url), facts: null }, from);
}

/** `POST /api/v1/statements/{id}/check`: compares a `hash` or `facts` with the issued statement. */
export async function postCheck(
  request: Request,
  url: URL,
  id: string,
  from: Origin,
): Promise<Response> {
  // Before the body: without the id of a statement, no caller gets a body read.
  if ((await statementNamed(database().orm, id)) === null) throw notFound("statement");
  const asked = hashAsked(url);
  const { hash = asked, facts = null } = await bodyOf(request, checkShape, badCheck);
  return checked(url, id, { hash, facts }, from);
}

/** The hash in an address; `null` where there is none. Throws 400 for text that is no hash. */
function hashAsked(url: URL): string | null {
  const text = textIn(url, "hash");
  if (text === null) return null;
  const { hash, wrong } = readHash(text);
  if (hash === null) throw new ApiError(400, "bad_hash", `This is ${wrong}.`);
  return hash;
}

async function checked(
  url: URL,
  id: string,
  presented: PresentedStatement,
  from: Origin,
): Promise<Response> {
  const found = await checkStatement(database(), id, presented);
  if (found === null) throw notFound("statement");
  const answer: AnswerOf<typeof answers.statementChecked> = {
    ...statementJson(url, found.statement),
    ...checkJson(found),
  };
  void auditRead(holderOfLink(from), statementOpened(found.statement, found.verdict));
  return Response.json(answer);
}

function statementJson(
  url: URL,
  { id, hash, facts, madeAt, madeBy, erasedAt }: Statement,
): AnswerOf<typeof answers.statement> {
  return {
    id,
    url: new URL(statementPath({ id, hash }), url).href,
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
  return new ApiError(
    400,
    "bad_statement",
    `Send {"meeting_id": …, "participant_id": …} or {"person_id": …, "from": "2026-11-01", "to": "2026-11-30"}: ${why}.`,
  );
}

function badCheck(why: string): ApiError {
  return new ApiError(
    400,
    "bad_check",
    `Send the file of a statement, or {"hash": …} from its paper: ${why}.`,
  );
}
