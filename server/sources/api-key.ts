import { z } from "zod";
import type { Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { provider } from "#server/providers/providers.ts";
import { managing } from "./adding.ts";
import { readOpened } from "./json.ts";
import { setApiKey } from "./managing.ts";
import { sourceNamed, sourceOfWebhooks } from "./named.ts";

export const apiKeyText = z.string().trim().min(1).max(1_000);

export const apiKeyShape = z.strictObject({ key: apiKeyText });

/** `PUT /api/v1/sources/{id}/api-key`: the key is kept, in place of any before it. */
export async function putApiKey(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { key } = await bodyOf(request, apiKeyShape, badKey);
  const source = await sourceOfWebhooks(id);
  if ((provider(source.provider)?.api ?? null) === null) {
    throw new ApiError(409, "no_api", "Nothing is asked of its provider: it needs no key.");
  }
  await setApiKey(managing(asking), source, key, Date.now());
  return Response.json(await readOpened(await sourceNamed(id), asking.caller));
}

/** `DELETE /api/v1/sources/{id}/api-key`: the key that was kept is forgotten. */
export async function deleteApiKey(id: string, asking: Requester): Promise<Response> {
  await setApiKey(managing(asking), await sourceNamed(id), null, Date.now());
  return Response.json(await readOpened(await sourceNamed(id), asking.caller));
}

function badKey(why: string): ApiError {
  return new ApiError(400, "bad_key", `Send key, a key of the provider's API: ${why}.`);
}
