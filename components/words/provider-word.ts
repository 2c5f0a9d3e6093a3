import { IMPORT } from "#domain/sources/imports/imports.ts";

/** A provider's name; an import from a file has no provider, and is named as what it is. */
export function providerWord(provider: string): string {
  return provider === IMPORT ? "imported" : provider;
}
