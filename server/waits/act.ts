import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { LONGEST_ACT_LABEL } from "#domain/desk/groups/act-link.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName } from "#server/http/operator.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import { waitNamed } from "./handle.ts";
import type { waitAct } from "./schema.ts";

export const actShape = z.strictObject({
  link: z.string().trim().min(1).max(LONGEST_ACT_LABEL),
  by: operatorName,
});

/** `POST /api/v1/waits/{id}/acts`: a link of the room was opened or copied for this person. */
export async function postAct({
  request,
  id,
  asking,
}: {
  request: Request;
  id: string;
  asking: Requester;
}): Promise<Response> {
  const { link, by } = await bodyOf(request, actShape, badAct);
  const wait = await waitNamed(id);
  await audited(
    database(),
    actorOf(asking, by),
    async () => undefined,
    () => ({
      action: "wait.acted",
      about: { kind: "wait", id: wait.waitId, label: wait.name },
      details: { link },
    }),
  );
  const answer: AnswerOf<typeof waitAct> = { id: wait.waitId, link };
  return Response.json(answer);
}

function badAct(why: string): ApiError {
  return new ApiError(400, "bad_handling", `Send link, what the link is called: ${why}.`);
}
