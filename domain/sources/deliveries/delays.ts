import type { DeliverySummary } from "#domain/event/delivery.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

/** How long a delivery took, from one clock and place to the next; `null` for what is not known. */
export interface Delays {
  /** From the moment of its first event by the provider's clock until it came, by ours: negative where ours is slow. */
  underWay: Ms | null;
  /** From when it came until it was on its way to the database. */
  toKept: Ms | null;
  /** From when it came until it was projected. */
  toProjected: Ms | null;
}

export function delaysOf({
  happened_at,
  received_at,
  kept_ms,
  projected_at,
}: Pick<DeliverySummary, "happened_at" | "received_at" | "kept_ms" | "projected_at">): Delays {
  const came = fromWireTime(received_at);
  return {
    underWay: happened_at === null ? null : came - fromWireTime(happened_at),
    toKept: kept_ms,
    toProjected: projected_at === null ? null : Math.max(0, fromWireTime(projected_at) - came),
  };
}

/** `8 ms`, `1.2 s`, `3 min`, `5 h`, `2 d`, and the same with a minus for what was before. */
export function shortDelay(ms: Ms): string {
  const sign = ms < 0 ? "−" : "";
  const length = Math.abs(ms);
  if (length < 1_000) return `${sign}${Math.round(length)} ms`;
  if (length < 10_000) return `${sign}${(length / 1_000).toFixed(1)} s`;
  if (length < 60_000) return `${sign}${Math.round(length / 1_000)} s`;
  if (length < 3_600_000) return `${sign}${Math.round(length / 60_000)} min`;
  if (length < 86_400_000) return `${sign}${Math.round(length / 3_600_000)} h`;
  return `${sign}${Math.round(length / 86_400_000)} d`;
}
