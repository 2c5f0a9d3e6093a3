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

/** What a list of deliveries can be narrowed to: their status, what came again, and what is not projected yet. */
export const DELIVERY_RESULTS = [
  "recorded",
  "repeated",
  "ignored",
  "unreadable",
  "waiting",
] as const;
export type DeliveryResult = (typeof DELIVERY_RESULTS)[number];

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
  /** From when it came until it was on its way to the database; `null` for older ones. */
  kept_ms: number | null;
  /** No webhook brought it: it was found by asking its provider for what was missed. */
  reconciled: boolean;
  /** When it was projected; remembered for the month in which it came and the one after. */
  projected_at: WireTime | null;
  /** It is kept and not projected: it waits for its turn, or its room is stopped. */
  waits: "turn" | "stopped" | null;
  /** How many events were read from it, and the moment of the first by the provider's clock. */
  events: number;
  happened_at: WireTime | null;
  /** The meeting of the first event. */
  meeting: { id: string; title: string } | null;
  /** Whom the first event with a person is about, and how many people there are; a guest without a name has no id. */
  person: { id: string | null; name: string | null } | null;
  people: number;
}

/** An event that was read from a delivery. */
export interface MadeEvent {
  meeting: { id: string; title: string };
  seq: number;
  type: string;
  at: WireTime;
  person: { id: string | null; name: string | null } | null;
}

/** A delivery with its body exactly as it came. Both bodies are `null` once they were erased. */
export interface OpenedDelivery extends DeliverySummary {
  /** The events that were read from it, up to two hundred. */
  made: MadeEvent[];
  /** Names in the body are initials, and other texts are left out: whoever looks may see no names. */
  is_masked: boolean;
  body: string | null;
  /** A body that is not valid text. */
  body_base64: string | null;
}
