import type { StoredSource } from "#db/sources/sources.ts";
import { openProviderApi, type ProviderApi } from "#server/providers/contract/provider-api.ts";
import { provider } from "#server/providers/providers.ts";
import { decrypt } from "#server/runtime/encryption.ts";
import type { Networks } from "#server/runtime/networks.ts";
import { apiUrlAt, reachChecked } from "./own-address.ts";

interface Opening {
  /** Key for secrets at rest. */
  secret: string;
  /** Where every provider's API is taken to be, for tests; `null` for where it is. */
  providerApi: string | null;
  /** Networks that may be reached though they are private. */
  allowed: Networks;
  signal?: AbortSignal;
}

/**
 * The API of a source's provider, asked with the key that the source keeps, where that was entered for; `null` where it
 * keeps none, or its provider has no API. Throws `DecryptionError` for a key that does not open any more.
 */
export function providerApiOf(
  {
    provider: named,
    sealedApiKey,
    apiAddress,
  }: Pick<StoredSource, "provider" | "sealedApiKey" | "apiAddress">,
  { secret, providerApi, allowed, signal }: Opening,
): ProviderApi | null {
  const facts = provider(named)?.api ?? null;
  if (sealedApiKey === null || facts === null) return null;
  const key = decrypt(sealedApiKey, secret);
  if (apiAddress === null || providerApi !== null) {
    return providerApiWith(named, key, providerApi, signal);
  }
  const own = { url: apiUrlAt(facts, apiAddress), reach: reachChecked(allowed) };
  return openProviderApi({ ...facts, ...own, key, signal });
}

/** The API of a provider, asked with a key; `null` where it has none. */
export function providerApiWith(
  named: string,
  key: string,
  providerApi: string | null,
  signal?: AbortSignal,
): ProviderApi | null {
  const facts = provider(named)?.api ?? null;
  return facts && openProviderApi({ ...facts, url: providerApi ?? facts.url, key, signal });
}
