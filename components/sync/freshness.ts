import type { Recording } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { ConnectionStatus } from "./connection-status.ts";

/** Whether the page is up to date with the server, catching up, or too old to trust. `since` the loss, in epoch ms. */
export type Freshness =
  | { state: "connecting" }
  | { state: "live" }
  | { state: "reconnecting" | "stale"; since: Ms };

/** A connection that is back this soon does not count as lost, so that nothing flickers. */
const GRACE_MS = 1_500;
const STALE_AFTER_MS = 15_000;

export function freshnessOf(status: ConnectionStatus, now: Ms): Freshness {
  if (status.state !== "lost") return { state: status.state };
  const { since, before } = status;
  const lostMs = now - since;
  if (before === "live" && lostMs < GRACE_MS) return { state: before };
  return { state: lostMs < STALE_AFTER_MS ? "reconnecting" : "stale", since };
}

/** Whether the page shows the current facts (`level`); otherwise `since` is when it last did, in epoch ms. */
export type Trust = { state: "level" } | { state: "reconnecting" | "stale" | "halted"; since: Ms };

export function trustOf(
  status: ConnectionStatus,
  { halted }: Pick<Recording, "halted">,
  now: Ms,
): Trust {
  const freshness = freshnessOf(status, now);
  const since = [
    ...("since" in freshness ? [freshness.since] : []),
    ...(halted === null ? [] : [fromWireTime(halted.since)]),
  ];
  if (since.length === 0) return { state: "level" };
  return { state: "since" in freshness ? freshness.state : "halted", since: Math.min(...since) };
}
