import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { demandCode } from "#db/installation/installation.ts";
import { CODE_DEMAND_WORDS, CODE_DEMANDS } from "#domain/access/code-demand.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import type { Asked } from "#server/http/api.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { audited } from "#server/runtime/audit.ts";
import type * as answers from "./schema.ts";

export const codeDemandShape = z.strictObject({ of: z.enum(CODE_DEMANDS) });

/** `PUT /api/v1/code-demand`: of whom a code besides the password is demanded, from their next sign-in on. */
export async function putCodeDemand(asked: Asked<never> & Requester): Promise<Response> {
  const { of } = await bodyOf(asked.request, codeDemandShape, (why) => {
    return new ApiError(400, "bad_member", `${why}.`);
  });
  await audited(
    database(),
    actorOf(asked),
    ({ orm }) => demandCode(orm, of),
    () => ({
      action: "settings.changed",
      about: null,
      details: { setting: "demand for a code", to: CODE_DEMAND_WORDS[of] },
    }),
  );
  const answer: AnswerOf<typeof answers.codeDemand> = { of };
  return Response.json(answer);
}
