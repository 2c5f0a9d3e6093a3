import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { peopleApart } from "#db/schema/operators.ts";
import { people as peopleTable } from "#db/schema/people.ts";
import type { Apart } from "#domain/people/people.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { mustBeSeen } from "#server/http/must-be-seen.ts";
import { operatorName, operatorNameOf } from "#server/http/operator.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import { AlreadyApart, keepPeopleApart, undoApart } from "./apart.ts";
import { AlreadyJoined, UnknownPerson } from "./link.ts";
import { knownAsJson } from "./page.ts";
import type * as answers from "./schema.ts";

export const apartShape = z.object({ people: z.tuple([z.guid(), z.guid()]), by: operatorName });
export const undoApartShape = z.object({ by: operatorName });

/** `POST /api/v1/people/apart`: an operator says that two people are not the same, whatever their names. */
export async function postApart(request: Request, caller: Caller): Promise<Response> {
  const { people, by } = await bodyOf(request, apartShape, badPair);
  const [one, other] = [people[0].toLowerCase(), people[1].toLowerCase()];
  if (one === other) throw badPair("nobody is another than themselves");
  const who = operatorNameOf(caller, by);
  await mustBeSeen(peopleTable, [one, other], "person");
  try {
    const apart = await keepPeopleApart(database(), [one, other], who, Date.now());
    const entered: AnswerOf<typeof answers.apart> = { apart, people: [one, other], by: who };
    return Response.json(entered, { status: 201 });
  } catch (cause) {
    if (cause instanceof UnknownPerson) {
      throw Object.assign(new ApiError(404, "not_found", cause.message), { cause });
    }
    if (cause instanceof AlreadyJoined) {
      throw Object.assign(new ApiError(409, "already_joined", cause.message), { cause });
    }
    if (cause instanceof AlreadyApart) {
      throw Object.assign(new ApiError(409, "already_apart", cause.message), { cause });
    }
    throw cause;
  }
}

/** `DELETE /api/v1/people/apart/{id}`: undoes such a correction. */
export async function deleteApart(request: Request, id: string, caller: Caller): Promise<Response> {
  const { by } = await bodyOf(request, undoApartShape, badPair);
  const who = operatorNameOf(caller, by);
  await mustBeSeen(peopleApart, [id], "word in force that two are not the same");
  const isUndone = isUuid(id) && (await undoApart(database(), id, who, Date.now()));
  if (!isUndone) throw notFound("word in force that two are not the same");
  const undone: AnswerOf<typeof answers.apartUndone> = { apart: id, by: who };
  return Response.json(undone);
}

/** Pairs of the list as JSON. */
export function pairsApartJson(rows: readonly Apart[]): RowsOf<typeof answers.allApart> {
  return { results: rows.map(apartJson) };
}

function apartJson({
  id,
  one,
  other,
  by,
  at,
}: Apart): RowsOf<typeof answers.allApart>["results"][number] {
  return {
    apart: id,
    people: [one && knownAsJson(one), other && knownAsJson(other)],
    by,
    at: toWireTime(at),
  };
}

function badPair(why: string): ApiError {
  return new ApiError(400, "bad_pair", `Send {"people": [id, id]}, ids of people: ${why}.`);
}
