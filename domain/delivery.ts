import type { WireSource, WireTime } from "./wire.ts";

/** `recorded`: it told events. `ignored`: nothing of attendance was in it. `unreadable`: see its reason. */
export type DeliveryStatus = "recorded" | "ignored" | "unreadable";

/** A delivery as it is kept, as it travels; without its body. */
export interface Delivery {
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
export interface OpenedDelivery extends Delivery {
  body: string | null;
  /** Bytes that are no text. */
  body_base64: string | null;
}
