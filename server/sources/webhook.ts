import { z } from "zod";
import { beginCatchingUp, noteWebhook } from "#db/sources/catching-up/catch-ups.ts";
import { changeSource, type StoredSource } from "#db/sources/sources.ts";
import type { Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type { WebhookMade } from "#server/providers/contract/contract.ts";
import { ProviderApiFailure } from "#server/providers/contract/provider-api.ts";
import { provider } from "#server/providers/providers.ts";
import { audited } from "#server/runtime/audit.ts";
import { DecryptionError, decrypt } from "#server/runtime/encryption.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { managing } from "./adding.ts";
import { apiKeyText } from "./api-key.ts";
import { aboutSource, keptKey } from "./managing.ts";
import { sourceOfWebhooks } from "./named.ts";
import { providerApiWith } from "./provider-api.ts";
import { providerRefusal } from "./provider-refusal.ts";
import type { madeWebhook } from "./schema.ts";
import { webhookPath } from "./settings.ts";

export const webhookShape = z.strictObject({
  key: apiKeyText.optional(),
  keep: z.boolean().default(false),
});

/**
 * `POST /api/v1/sources/{id}/webhook`: makes the webhook at the provider, or brings it up to date, with the newest
 * secret. The key is used for this and forgotten, unless it is to be kept.
 */
export async function postWebhook(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  const given = await bodyOf(request, webhookShape, badWebhook);
  const source = await sourceOfWebhooks(id);
  const key = given.key ?? keyKeptBy(source);
  const webhook = await madeAtProvider(source, key);
  const isKept = given.key === undefined || given.keep;
  const { database, secret, by } = managing(asking);
  await audited(
    database,
    by,
    async ({ orm }) => {
      if (source.sealedApiKey !== null) await noteWebhook(orm, id, "on", Date.now());
      if (given.key !== undefined && given.keep) {
        await changeSource(orm, id, keptKey(given.key, secret, Date.now()));
        await beginCatchingUp(orm, id);
      }
    },
    () => ({
      action: "source.connected",
      about: aboutSource(source),
      details: { webhook: webhook.made, key_kept: isKept },
    }),
  );
  const answer: AnswerOf<typeof madeWebhook> = { webhook, key_kept: isKept };
  return Response.json(answer);
}

async function madeAtProvider(source: StoredSource, key: string): Promise<WebhookMade> {
  const own = provider(source.provider);
  const maker = own?.webhookMaker ?? null;
  if (own === null || maker === null) throw noApi();
  const { publicUrl, providerApi } = processContext().env;
  if (publicUrl === null) {
    const why = "Set ROLLCALL_URL to the address by which providers reach this server.";
    throw new ApiError(409, "no_address", why);
  }
  const api = providerApiWith(source.provider, key, providerApi);
  if (api === null) throw noApi();
  const url = `${publicUrl}${webhookPath(source.provider, source.id)}`;
  try {
    return await maker.make(api, { url, secret: newestSecret(source) });
  } catch (error) {
    if (!(error instanceof ProviderApiFailure)) throw error;
    throw providerRefusal(own.title, error, WHAT);
  }
}

function noApi(): ApiError {
  const why = "Its provider has no API to make webhooks with: follow its steps.";
  return new ApiError(409, "no_api", why);
}

const WHAT = {
  refused:
    "refused the webhook. Mostly it could not reach this server by its address, which it tries at once.",
  unchanged: "Nothing was changed here.",
};

function keyKeptBy({ sealedApiKey }: StoredSource): string {
  if (sealedApiKey === null) throw badWebhook("key: none is kept for this source");
  return opened(sealedApiKey);
}

function newestSecret({ secrets: [newest] }: StoredSource): string {
  if (newest === undefined) throw badWebhook("the source has no secret any more: rotate it first");
  return opened(newest.sealed);
}

function opened(sealed: Uint8Array): string {
  try {
    return decrypt(sealed, processContext().env.secret);
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error;
    throw badWebhook("what is stored was encrypted under another ROLLCALL_SECRET: enter it again");
  }
}

function badWebhook(why: string): ApiError {
  return new ApiError(
    400,
    "bad_webhook",
    `Send key, the key of the provider's API, and keep, whether to keep it: ${why}.`,
  );
}
