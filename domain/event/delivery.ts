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

/**
 * `recorded`: events were read from it. `ignored`: it holds nothing about attendance. `unreadable`: see its
 * reason.
 */
export type DeliveryStatus = "recorded" | "ignored" | "unreadable";

/** A stored delivery on the wire, without its body. */
export interface DeliverySummary {
  id: string;
  source: WireSource;
  /** The provider's own name for this type of webhook or line. */
  type: string | null;
  /** The key of its room. */
  room: string | null;
  status: DeliveryStatus;
  /** Why it could not be read, or why its body was erased. */
  reason: string | null;
  received_at: WireTime;
  /** How often the provider sent it again. */
  repeats: number;
}

/** A delivery with its body exactly as it came. Both bodies are `null` once they were erased. */
export interface OpenedDelivery extends DeliverySummary {
  body: string | null;
  /** A body that is not valid text. */
  body_base64: string | null;
}
