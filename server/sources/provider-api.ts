import { openProviderApi, type ProviderApi } from "#server/providers/contract/provider-api.ts";
import { provider } from "#server/providers/providers.ts";

/**
 * The API of a provider, asked with a key; `null` where it has none. `providerApi` is where every one is taken to be,
 * for tests.
 */
export function providerApiWith(
  named: string,
  key: string,
  providerApi: string | null,
): ProviderApi | null {
  const facts = provider(named)?.api ?? null;
  return facts && openProviderApi({ ...facts, url: providerApi ?? facts.url, key });
}
