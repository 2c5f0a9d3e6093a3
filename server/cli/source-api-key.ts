import { ForbiddenAddress } from "#server/integrations/outgoing/sending/address.ts";
import type { ApiFacts } from "#server/providers/contract/provider-api.ts";
import { provider } from "#server/providers/providers.ts";
import { setApiKey } from "#server/sources/managing.ts";
import { ownAddress } from "#server/sources/own-address.ts";
import { type CliContext, CommandError } from "./command.ts";
import { sourceNamed } from "./rotate.ts";
import { mustStay } from "./sources.ts";

export interface ApiKeyFlags {
  key?: string;
  forget?: boolean;
  /** Where the API is, if somebody runs it themselves; empty for where its provider has it. */
  address?: string;
}

export interface ApiKeySet {
  id: string;
  /** `null` where none is kept any more. */
  api_key: { last_four: string } | null;
}

/** Keeps a key of the provider's API with a source, or forgets it. */
export async function setSourceApiKey(
  context: CliContext,
  id: string,
  { key: given, forget = false, address }: ApiKeyFlags,
): Promise<ApiKeySet> {
  const key = given?.trim() ?? "";
  if ((key === "") !== forget) throw new CommandError("Say --key KEY, or --forget.");
  const source = await sourceNamed(context, id);
  mustStay(source);
  const own = provider(source.provider);
  const api = own?.api ?? null;
  if (api === null) {
    throw new CommandError(`Nothing is asked of ${own?.title ?? "its provider"}: it needs no key.`);
  }
  if (forget && address !== undefined) throw new CommandError("An address needs its --key.");
  const where =
    address === undefined
      ? {}
      : { address: address === "" ? null : await checked(address, api, context) };
  await setApiKey(context, source, { key: forget ? null : key, ...where }, Date.now());
  return { id: source.id, api_key: forget ? null : { last_four: key.slice(-4) } };
}

async function checked(address: string, api: ApiFacts, { env }: CliContext): Promise<string> {
  try {
    return await ownAddress(address, api, env.allowedNetworks);
  } catch (error) {
    const why = error instanceof ForbiddenAddress ? error.message : "its name leads nowhere";
    throw new CommandError(`The API cannot be asked at this address: ${why}.`, { cause: error });
  }
}

export function apiKeyLines({ api_key }: ApiKeySet): string[] {
  if (api_key === null) return ["No key of its provider is kept any more."];
  return [`The key that ends in ${api_key.last_four} is kept, encrypted.`];
}
