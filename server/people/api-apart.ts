import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { peopleApart } from "#db/schema/operators.ts";
import { people as peopleTable } from "#db/schema/people.ts";
import type { Apart } from "#domain/people/people.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { mustBeSeen } from "#server/http/must-be-seen.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { AlreadyApart, keepPeopleApart, undoApart } from "./apart.ts";
import { AlreadyJoined, UnknownPerson } from "./link.ts";
import { knownAsJson } from "./page.ts";
import type * as answers from "./schema.ts";

export const apartShape = z.object({ people: z.tuple([z.guid(), z.guid()]), by: operatorName });
export const undoApartShape = z.object({ by: operatorName });

/** `POST /api/v1/people/apart`: an operator says that two people are not the same, whatever their names. */
export async function postApart(request: Request, asking: Requester): Promise<Response> {
  const { people, by } = await bodyOf(request, apartShape, badPair);
  const [one, other] = [people[0].toLowerCase(), people[1].toLowerCase()];
  if (one === other) throw badPair("nobody is another than themselves");
  const who = actorOf(asking, by);
  await mustBeSeen(peopleTable, [one, other], "person");
  try {
    const apart = await audited(
      database(),
      who,
      (client) => keepPeopleApart(client, [one, other], who.label, Date.now()),
      (ruling) => ({
        action: "correction.made",
        about: { kind: "person", id: one, label: null },
        details: { verdict: "two_people", ruling },
      }),
    );
    const entered: AnswerOf<typeof answers.apart> = { apart, people: [one, other], by: who.label };
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
export async function deleteApart(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { by } = await bodyOf(request, undoApartShape, badPair);
  const who = actorOf(asking, by);
  await mustBeSeen(peopleApart, [id], "word in force that two are not the same");
  const isUndone =
    isUuid(id) &&
    (await audited(
      database(),
      who,
      (client) => undoApart(client, id, who.label, Date.now()),
      (wasInForce) =>
        wasInForce
          ? { action: "correction.withdrawn", about: null, details: { ruling: id } }
          : null,
    ));
  if (!isUndone) throw notFound("word in force that two are not the same");
  const undone: AnswerOf<typeof answers.apartUndone> = { apart: id, by: who.label };
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
