import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime, type WireTime } from "#domain/time/wire-time.ts";
import type { ActKind } from "./act-kind.ts";

/** Why a provider did not do what it was asked. */
export const ACT_FAILURES = ["key_refused", "refused", "busy", "away"] as const;
export type ActFailure = (typeof ACT_FAILURES)[number];

/** What was asked of a provider and is not reported yet, as it is pushed. */
export interface AskedAct {
  id: string;
  act: ActKind;
  /** What people call the provider. */
  provider: string;
  meeting_id: string;
  /** Whom it is about; `null` for the whole meeting. */
  person: { id: string; name: string | null } | null;
  /** The connections it is about; none for the whole meeting. */
  participant_ids: string[];
  asked_by: string;
  asked_at: WireTime;
  /** When the provider failed to do it; `null` as long as it did not. */
  failed_at: WireTime | null;
  failure: ActFailure | null;
}

/** All that was asked and is not reported yet; what was asked first, first. */
export interface AskedActs {
  acts: AskedAct[];
  as_of: WireTime;
}

/** So long after it was asked, what came of it should be reported. A host has as long as their token lets them in. */
export const REPORTED_WITHIN_MS: Readonly<Record<ActKind, Ms>> = {
  eject: 60_000,
  admit_all: 120_000,
  open_as_host: 600_000,
};

/** For so long it is said that something failed, or was not reported in time. */
export const SAID_FOR_MS: Ms = 180_000;

/** What is older is over in every case. */
export const ASKED_AT_MOST_MS: Ms = Math.max(...Object.values(REPORTED_WITHIN_MS)) + SAID_FOR_MS;

/** What happened in its meeting since an act was asked. */
export interface SinceAsked {
  /** One of the connections it is about is in. */
  isStillIn: boolean;
  /** Somebody came in. */
  isJoined: boolean;
  /** A host came in. */
  isHostJoined: boolean;
}

/** Whether what was reported since is what was asked for. */
export function isReported(act: ActKind, since: SinceAsked): boolean {
  switch (act) {
    case "eject":
      return !since.isStillIn;
    case "admit_all":
      return since.isJoined;
    case "open_as_host":
      return since.isHostJoined;
    default:
      return act satisfies never;
  }
}

/** How an act that is not reported stands at a moment: `over` where nothing is said of it any more. */
export type AskedState = "asked" | "failed" | "unreported" | "over";

export function stateOfAsked(
  { act, asked_at, failed_at }: Pick<AskedAct, "act" | "asked_at" | "failed_at">,
  now: Ms,
): AskedState {
  if (failed_at !== null) return now < fromWireTime(failed_at) + SAID_FOR_MS ? "failed" : "over";
  const due = fromWireTime(asked_at) + REPORTED_WITHIN_MS[act];
  if (now < due) return "asked";
  return now < due + SAID_FOR_MS ? "unreported" : "over";
}
