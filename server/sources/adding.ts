import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { connectable, provider } from "#server/providers/providers.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { type Managing, storeSource } from "./managing.ts";
import type { addedSource } from "./schema.ts";
import { webhookPath } from "./settings.ts";

const SECRET_LENGTH = 1_000;

export const secretGiven = z.string().trim().min(1).max(SECRET_LENGTH).optional();

export const newSourceShape = z.strictObject({
  provider: z.enum(connectable.map(({ name }) => name)),
  name: z.string().trim().min(1).max(100),
  secret: secretGiven,
});

/** Whoever does it, by a request. */
export function managing(asking: Requester): Managing {
  const { secret } = processContext().env;
  return { database: database(), secret, by: actorOf(asking) };
}

/** `POST /api/v1/sources`: adds a source; its secret is answered this once. */
export async function postSource(request: Request, asking: Requester): Promise<Response> {
  const given = await bodyOf(request, newSourceShape, badSource);
  const own = provider(given.provider);
  if (own?.connect?.secretMadeBy === "provider" && given.secret === undefined) {
    const { title, connect } = own;
    throw badSource(`secret: ${title} signs with a secret of its own, ${connect.secretShown}`);
  }
  const secret = secretFor(given.provider, given.secret);
  const { provider: named, name } = given;
  const id = await storeSource(managing(asking), { provider: named, name, secret, isDemo: false });
  const { publicUrl } = processContext().env;
  const path = webhookPath(named, id);
  const answer: AnswerOf<typeof addedSource> = {
    ...{ id, provider: named, name, secret, webhook_path: path },
    webhook_url: publicUrl === null ? null : `${publicUrl}${path}`,
  };
  return Response.json(answer, { status: 201 });
}

/** The secret that was given, or a new one. Throws 400 for one that the provider cannot have. */
export function secretFor(named: string, given: string | undefined): string {
  const form = provider(named)?.secret;
  if (form === undefined) throw badSource("provider: there is no such provider any more");
  const refusal = given === undefined ? null : form.refusalOf(given);
  if (refusal !== null) throw badSource(`secret: it ${refusal.replace(/\.$/, "")}`);
  return given ?? form.make();
}

function badSource(why: string): ApiError {
  const names = connectable.map(({ name }) => name).join(", ");
  return new ApiError(
    400,
    "bad_source",
    `Send provider (${names}) and name, and secret where the provider makes it: ${why}.`,
  );
}
