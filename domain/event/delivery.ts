import type { WireTime } from "#domain/time/wire-time.ts";
import type { WireSource } from "./recorded.ts";

/** The ids of a month's deliveries begin with it and go on with ten digits: 2026110000000042. */
export const DELIVERIES_A_MONTH = 10_000_000_000;

/** A month of UTC, as 2026-11. */
export type Month = string;

/** In which month a delivery came, by its id; `null` where no delivery has such an id. */
export function monthOfDelivery(id: number): Month | null {
  const digits = String(Math.floor(id / DELIVERIES_A_MONTH));
  return /^[1-9]\d{3}(0[1-9]|1[0-2])$/.test(digits)
    ? `${digits.slice(0, 4)}-${digits.slice(4)}`
    : null;
}

/** `recorded`: it told events. `ignored`: nothing of attendance was in it. `unreadable`: see its reason. */
export type DeliveryStatus = "recorded" | "ignored" | "unreadable";

/** A delivery as it is kept, as it travels; without its body. */
export interface DeliverySummary {
  id: string;
  source: WireSource;
  /** The provider's own name for what it tells. */
  type: string | null;
  /** The key of the room it speaks of. */
  room: string | null;
  status: DeliveryStatus;
  /** Why it could not be read, or why its body is no longer there. */
  reason: string | null;
  received_at: WireTime;
  /** How often it came again. */
  repeats: number;
}

/** A delivery with its body exactly as it came: neither is there where it was erased. */
export interface OpenedDelivery extends DeliverySummary {
  body: string | null;
  /** Bytes that are no text. */
  body_base64: string | null;
}
