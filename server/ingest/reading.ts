import type { DeliveryReading, Provider } from "#server/providers/contract/contract.ts";
import { errorWords } from "#server/runtime/error-facts.ts";

/**
 * Reads a body with its provider. Never throws: a translation must not throw, and where one does, the body is
 * unreadable, with the reason; the provider has no cause to send it again.
 */
export function readingOf(provider: Provider, raw: Uint8Array): DeliveryReading {
  try {
    return provider.read(raw);
  } catch (error) {
    const reason = `could not be read: ${errorWords(error)}`;
    return { kind: "unreadable", reason, type: null, room: null };
  }
}
