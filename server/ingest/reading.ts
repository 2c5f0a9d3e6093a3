import type { DeliveryReading, Provider } from "#server/providers/contract/provider.ts";
import { errorWords } from "#server/runtime/error-facts.ts";

/**
 * Reads a body with its provider. Never throws: a translation must not throw, and where one does, the body is
 * unreadable, with the reason; the provider has no cause to send it again.
 */
export function readingOf(provider: Provider, raw: Uint8Array): DeliveryReading {
  try {
    return provider.read(raw);
  } catch (error) {
    return { kind: "unreadable", reason: `could not be read: ${errorWords(error)}`, type: null };
  }
}
