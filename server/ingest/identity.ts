import { createHash } from "node:crypto";
import type { NewDelivery } from "#db/recording/deliveries.ts";
import type { DeliveryReading, Provider } from "#server/providers/contract/provider.ts";

/** What names a delivery, and what of it stands in its row besides what it says. */
export type DeliveryIdentity = Pick<NewDelivery, "key" | "occurrence" | "status" | "room">;

/**
 * What a delivery is known by, once read. Two of one occurrence that say different things of it are two:
 * whichever came first, both are told.
 */
export function deliveryIdentityOf(
  provider: Provider,
  raw: Uint8Array,
  reading: DeliveryReading,
): DeliveryIdentity {
  if (reading.kind === "unreadable") {
    const key = digest("body", raw);
    return { key, occurrence: key, status: "unreadable", room: provider.roomIn(raw) };
  }
  if (reading.kind === "ignored") {
    return {
      key: digest("id", reading.id),
      occurrence: digest("occurrence", reading.occurrence),
      status: "ignored",
      room: provider.roomIn(raw),
    };
  }
  const { id, occurrence, about } = reading;
  const said = JSON.stringify([occurrence, about.room, about.events]);
  return {
    // Without a name of its own it is known by what it says.
    key: id === occurrence ? digest("said", said) : digest("id", id),
    occurrence: digest("occurrence", said),
    status: "recorded",
    room: about.room,
  };
}

/** 128 bits of SHA-256 in the shape of a UUID: short, of one length, and indexable whatever was named. */
function digest(kind: string, value: string | Uint8Array): string {
  const hex = createHash("sha256").update(kind).update("\0").update(value).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
