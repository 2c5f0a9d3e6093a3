import type { Outcome } from "#domain/meeting/wait.ts";
import type { Ms } from "#domain/time/ms.ts";

/*
 * What the desk does about a wait: who looks after it, a note, and what came of it for somebody who left. Operators'
 * facts beside the provider's. What counts of them follows from them, from the wait and from the moment; nothing is
 * swept away.
 */

/** What came of following up on somebody who left. */
export const FOLLOW_UPS = ["called", "reached", "rebooked", "wrong_link", "no_answer"] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number];

/** By what of it waits are listed: what nobody followed up on, what somebody did, or one outcome. */
export const FOLLOW_UP_FILTERS = ["open", "done", ...FOLLOW_UPS] as const;
export type FollowUpFilter = (typeof FOLLOW_UP_FILTERS)[number];

/** How long a claim holds while its owner does nothing about the wait. */
export const CLAIM_LASTS_MS: Ms = 10 * 60_000;

/** The longest note. */
export const LONGEST_DESK_NOTE = 500;

/** Who does something about a wait: `id` is the same for the same member, key, or name at this machine. */
export interface DeskActor {
  id: string;
  name: string;
}

/** A claim as it is stored: when it was made, and when its owner last did something about the wait. */
interface StoredClaim {
  claimedBy: string | null;
  claimedById: string | null;
  claimedAt: Ms | null;
  claimTouchedAt: Ms | null;
}

/** A note and a follow-up. One that was taken back has who did that, and when. */
interface NoteAndFollowUp {
  deskNote: string | null;
  deskNoteBy: string | null;
  deskNoteAt: Ms | null;
  followUp: FollowUp | null;
  followUpBy: string | null;
  followUpAt: Ms | null;
}

/** What was entered of one knock. Those that turn out to be one wait have one each. */
export interface Handling extends StoredClaim, NoteAndFollowUp {}

/** What counts of it at a moment. */
export interface HandlingNow extends NoteAndFollowUp {
  claimedBy: string | null;
  claimedById: string | null;
  claimedAt: Ms | null;
  claimLapsesAt: Ms | null;
}

export const NO_CLAIM: StoredClaim = {
  claimedBy: null,
  claimedById: null,
  claimedAt: null,
  claimTouchedAt: null,
};

export const NO_HANDLING: Handling = {
  ...NO_CLAIM,
  ...{ deskNote: null, deskNoteBy: null, deskNoteAt: null },
  ...{ followUp: null, followUpBy: null, followUpAt: null },
};

/** Whose end matters to a claim. */
interface Ending {
  endedAt: Ms | null;
}

/** A claim that holds. */
export interface Claim extends DeskActor {
  since: Ms;
  lapsesAt: Ms;
}

/**
 * The claim that holds: the earliest that neither lapsed nor was over with the wait. One that was made after the end, to
 * follow up on somebody who left, lapses only.
 */
export function claimOf(
  handlings: readonly Handling[],
  { endedAt }: Ending,
  now: Ms,
): Claim | null {
  let first: Claim | null = null;
  for (const { claimedBy, claimedById, claimedAt, claimTouchedAt } of handlings) {
    if (claimedBy === null || claimedById === null || claimedAt === null) continue;
    const lapsesAt = (claimTouchedAt ?? claimedAt) + CLAIM_LASTS_MS;
    if (now >= lapsesAt || (endedAt !== null && claimedAt < endedAt)) continue;
    const claim = { id: claimedById, name: claimedBy, since: claimedAt, lapsesAt };
    const isFirst =
      first === null ||
      claim.since < first.since ||
      (claim.since === first.since && claim.id < first.id);
    if (isFirst) first = claim;
  }
  return first;
}

/** What counts of what was entered of the knocks of a wait, in any order. */
export function handlingAt(handlings: readonly Handling[], wait: Ending, now: Ms): HandlingNow {
  const claim = claimOf(handlings, wait, now);
  const note = latestBy(handlings, "deskNoteAt", "deskNoteBy");
  const followUp = latestBy(handlings, "followUpAt", "followUpBy");
  return {
    claimedBy: claim?.name ?? null,
    claimedById: claim?.id ?? null,
    claimedAt: claim?.since ?? null,
    claimLapsesAt: claim?.lapsesAt ?? null,
    deskNote: note.deskNote,
    deskNoteBy: note.deskNoteBy,
    deskNoteAt: note.deskNoteAt,
    followUp: followUp.followUp,
    followUpBy: followUp.followUpBy,
    followUpAt: followUp.followUpAt,
  };
}

function latestBy(
  handlings: readonly Handling[],
  at: "deskNoteAt" | "followUpAt",
  by: "deskNoteBy" | "followUpBy",
): Handling {
  let latest = NO_HANDLING;
  for (const one of handlings) {
    const difference = (one[at] ?? -1) - (latest[at] ?? -1);
    if (difference > 0 || (difference === 0 && (one[by] ?? "") > (latest[by] ?? ""))) latest = one;
  }
  return latest;
}

/** What somebody does about a wait. */
export type DeskDeed =
  | { kind: "claim" | "release" }
  | { kind: "note"; text: string | null }
  | { kind: "follow_up"; outcome: FollowUp | null };

/** Whether a wait is looked after: whoever was admitted needs nobody any more. */
export function isToBeClaimed({ outcome }: { outcome: Outcome }): boolean {
  return outcome !== "admitted";
}

/** Whether somebody who waited is followed up: they went without being admitted. */
export function isToBeFollowedUp({ outcome }: { outcome: Outcome }): boolean {
  return outcome !== "admitted" && outcome !== "waiting";
}

/** What comes of a deed: what is stored of the wait then, or who holds it. */
export type DeskResult =
  | { ok: true; own: Handling; others: "stay" | "lose their claims" }
  | { ok: false; heldBy: Claim };

/**
 * What a deed makes of a wait. `own` is what was entered of its first knock, `others` of the further ones. A claim
 * is refused where somebody else holds it. Whoever holds it keeps it by anything that they do.
 */
export function handled(
  deed: DeskDeed,
  { own, others, wait }: { own: Handling; others: readonly Handling[]; wait: Ending },
  by: DeskActor,
  now: Ms,
): DeskResult {
  const held = claimOf([own, ...others], wait, now);
  const isTheirs = held?.id === by.id;
  const touched = isTheirs ? { ...claimed(by, held.since), claimTouchedAt: now } : {};
  switch (deed.kind) {
    case "claim": {
      if (held !== null && !isTheirs) return { ok: false, heldBy: held };
      const since = isTheirs ? held.since : now;
      const claim = { ...claimed(by, since), claimTouchedAt: now };
      return { ok: true, own: { ...own, ...claim }, others: "lose their claims" };
    }
    case "release":
      return { ok: true, own: { ...own, ...NO_CLAIM }, others: "lose their claims" };
    case "note": {
      const note = { deskNote: deed.text, deskNoteBy: by.name, deskNoteAt: now };
      return { ok: true, own: { ...own, ...touched, ...note }, others: "stay" };
    }
    case "follow_up": {
      const outcome = { followUp: deed.outcome, followUpBy: by.name, followUpAt: now };
      return { ok: true, own: { ...own, ...touched, ...outcome }, others: "stay" };
    }
    default:
      return deed satisfies never;
  }
}

function claimed(by: DeskActor, since: Ms) {
  return { claimedBy: by.name, claimedById: by.id, claimedAt: since };
}
