import { z } from "zod";
import type { Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { ForbiddenAddress, LONGEST_URL } from "#server/integrations/outgoing/sending/address.ts";
import type { ApiFacts } from "#server/providers/contract/provider-api.ts";
import { provider } from "#server/providers/providers.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { managing } from "./adding.ts";
import { readOpened } from "./json.ts";
import { setApiKey } from "./managing.ts";
import { sourceNamed, sourceOfWebhooks } from "./named.ts";
import { ownAddress } from "./own-address.ts";

export const apiKeyText = z.string().trim().min(1).max(1_000);

export const apiKeyShape = z.strictObject({
  key: apiKeyText,
  address: z.string().trim().min(1).max(LONGEST_URL).nullable().optional(),
});

/** `PUT /api/v1/sources/{id}/api-key`: the key is kept, in place of any before it, for where the API is. */
export async function putApiKey(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const { key, address } = await bodyOf(request, apiKeyShape, badKey);
  const source = await sourceOfWebhooks(id);
  const api = provider(source.provider)?.api ?? null;
  if (api === null) {
    throw new ApiError(409, "no_api", "Nothing is asked of its provider: it needs no key.");
  }
  const given = address === undefined ? {} : { address: address && (await checked(address, api)) };
  await setApiKey(managing(asking), source, { key, ...given }, Date.now());
  return Response.json(await readOpened(await sourceNamed(id), asking.caller));
}

/** `DELETE /api/v1/sources/{id}/api-key`: the key that was kept is forgotten. */
export async function deleteApiKey(id: string, asking: Requester): Promise<Response> {
  await setApiKey(managing(asking), await sourceNamed(id), { key: null }, Date.now());
  return Response.json(await readOpened(await sourceNamed(id), asking.caller));
}

async function checked(address: string, api: ApiFacts): Promise<string> {
  try {
    return await ownAddress(address, api, processContext().env.allowedNetworks);
  } catch (error) {
    throw badAddress(error);
  }
}

function badAddress(cause: unknown): ApiError {
  const why = cause instanceof ForbiddenAddress ? cause.message : "its name leads nowhere";
  const message = `The API cannot be asked at this address: ${why}.`;
  return new ApiError(400, "bad_api_address", message, { cause });
}

function badKey(why: string): ApiError {
  return new ApiError(
    400,
    "bad_key",
    `Send key, a key of the provider's API, and address, where that is: ${why}.`,
  );
}
