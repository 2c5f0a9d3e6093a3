import type { StoredSource } from "#db/sources/sources.ts";
import { openProviderApi, type ProviderApi } from "#server/providers/contract/provider-api.ts";
import { provider } from "#server/providers/providers.ts";
import { decrypt } from "#server/runtime/encryption.ts";

interface Opening {
  /** Key for secrets at rest. */
  secret: string;
  /** Where every provider's API is taken to be, for tests; `null` for where it is. */
  providerApi: string | null;
  signal?: AbortSignal;
}

/**
 * The API of a source's provider, asked with the key that the source keeps; `null` where it keeps none, or its provider
 * has no API. Throws `DecryptionError` for a key that does not open any more.
 */
export function providerApiOf(
  { provider: named, sealedApiKey }: Pick<StoredSource, "provider" | "sealedApiKey">,
  { secret, providerApi, signal }: Opening,
): ProviderApi | null {
  if (sealedApiKey === null) return null;
  return providerApiWith(named, decrypt(sealedApiKey, secret), providerApi, signal);
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
