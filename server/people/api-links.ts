import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { peopleLinks } from "#db/schema/operators.ts";
import { people as peopleTable } from "#db/schema/people.ts";
import { isUuid } from "#domain/uuid.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { mustBeSeen } from "#server/http/must-be-seen.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { AlreadyJoined, joinPeople, UnknownPerson, undoJoin } from "./link.ts";
import type * as answers from "./schema.ts";

export const linkShape = z.object({ people: z.tuple([z.guid(), z.guid()]), by: operatorName });
export const undoLinkShape = z.object({ by: operatorName });

/** `POST /api/v1/people/links`: an operator says that two are one person. */
export async function postLink(request: Request, asking: Requester): Promise<Response> {
  const { people, by } = await bodyOf(request, linkShape, badLink);
  const [one, other] = [people[0].toLowerCase(), people[1].toLowerCase()];
  if (one === other) throw badLink("nobody is joined with themselves");
  const who = actorOf(asking, by);
  await mustBeSeen(peopleTable, [one, other], "person");
  try {
    const link = await audited(
      database(),
      who,
      (client) => joinPeople(client, [one, other], who.label, Date.now()),
      (ruling) => ({
        action: "correction.made",
        about: { kind: "person", id: one, label: null },
        details: { verdict: "one_person", ruling },
      }),
    );
    const entered: AnswerOf<typeof answers.link> = { link, people: [one, other], by: who.label };
    return Response.json(entered, { status: 201 });
  } catch (cause) {
    if (cause instanceof UnknownPerson) {
      throw Object.assign(new ApiError(404, "not_found", cause.message), { cause });
    }
    if (cause instanceof AlreadyJoined) {
      throw Object.assign(new ApiError(409, "already_joined", cause.message), { cause });
    }
    throw cause;
  }
}

/** `DELETE /api/v1/people/links/{id}`: undoes such a correction. */
export async function deleteLink(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { by } = await bodyOf(request, undoLinkShape, badLink);
  const who = actorOf(asking, by);
  await mustBeSeen(peopleLinks, [id], "link in force");
  const isUndone =
    isUuid(id) &&
    (await audited(
      database(),
      who,
      (client) => undoJoin(client, id, who.label, Date.now()),
      (wasInForce) =>
        wasInForce
          ? { action: "correction.withdrawn", about: null, details: { ruling: id } }
          : null,
    ));
  if (!isUndone) throw notFound("link in force");
  const undone: AnswerOf<typeof answers.linkUndone> = { link: id, by: who.label };
  return Response.json(undone);
}

function badLink(why: string): ApiError {
  return new ApiError(400, "bad_link", `Send {"people": [id, id]}, ids of people: ${why}.`);
}
