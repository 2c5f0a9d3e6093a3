import type { NewDelivery } from "#db/recording/deliveries.ts";
import type { DeliveryReading } from "#server/providers/contract/contract.ts";
import { sha256 } from "#server/providers/contract/reading.ts";

/** The names of a delivery, and its status and room. */
export type DeliveryIdentity = Pick<NewDelivery, "key" | "occurrence" | "status" | "room">;

/**
 * The identity of a delivery, once it is read. Two deliveries of one occurrence with different contents are two:
 * both are projected, whichever came first.
 */
export function deliveryIdentityOf(raw: Uint8Array, reading: DeliveryReading): DeliveryIdentity {
  if (reading.kind === "unreadable") {
    const key = digest("body", raw);
    return { key, occurrence: key, status: "unreadable", room: reading.room };
  }
  if (reading.kind === "ignored") {
    return {
      key: digest("id", reading.id),
      occurrence: digest("occurrence", reading.occurrence),
      status: "ignored",
      room: reading.room,
    };
  }
  const { id, occurrence, about } = reading;
  const contents = JSON.stringify([occurrence, about.room, about.events]);
  return {
    // A delivery without an id of its own is identified by its contents.
    key: id === occurrence ? digest("said", contents) : digest("id", id),
    occurrence: digest("occurrence", contents),
    status: "recorded",
    room: about.room,
  };
}

/** 128 bits of SHA-256 in the shape of a UUID: short, of one length and indexable for any name. */
function digest(kind: string, value: string | Uint8Array): string {
  const named = `${kind}\0`;
  const hex = sha256(
    typeof value === "string" ? named + value : Buffer.concat([Buffer.from(named), value]),
  );
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
