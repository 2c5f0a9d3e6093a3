import type { StoredDelivery } from "#db/recording/stored-deliveries.ts";
import type { DeliveryReading, Provider } from "#server/providers/contract/contract.ts";
import { provider as providerNamed } from "#server/providers/providers.ts";
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

/** Reads a stored delivery again; `null` where its body is gone, or its provider no longer exists. */
export function storedReading({
  provider,
  body,
}: Pick<StoredDelivery, "provider" | "body">): DeliveryReading | null {
  const own = providerNamed(provider);
  return own === null || body.length === 0 ? null : readingOf(own, body);
}
