import { IMPORT } from "#domain/imports/imports.ts";

/** What a provider is called: what comes from files is no provider's word, and says so. */
export function providerWord(provider: string): string {
  return provider === IMPORT ? "imported" : provider;
}
