import type { DeliveryReading, Provider } from "#server/providers/contract/provider.ts";
import { errorWords } from "#server/runtime/error-facts.ts";

/**
 * What a body says. A translation that throws, as none may, has met what it does not know: the body is
 * unreadable then, with the reason, and that is no cause to send it again.
 */
export function readingOf(provider: Provider, raw: Uint8Array): DeliveryReading {
  try {
    return provider.read(raw);
  } catch (error) {
    return { kind: "unreadable", reason: `could not be read: ${errorWords(error)}`, type: null };
  }
}
