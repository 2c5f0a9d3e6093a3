import { openness, urgencyIn } from "#domain/desk/groups/house-rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { WaitingNow } from "#domain/waits/handling-wire.ts";
import type { DeskLine } from "./desk-wire.ts";

/**
 * What a line needs of the desk, first what cannot wait:
 * - `unseen`: somebody waits whom nobody looks after, past the target; `waiting`: somebody waits whom nobody looks after;
 * - `late`: it should have begun, and nobody came, or only one side; `hostless`: people are in without a host;
 * - `claimed`: all who wait are looked after; `closed`: somebody waits outside the opening hours, where nothing is needed;
 * - `going`: it goes on; `coming`: it is to come; `over`: it is over.
 */
export const NEEDS = [
  "unseen",
  "waiting",
  "late",
  "hostless",
  "claimed",
  "closed",
  "going",
  "coming",
  "over",
] as const;
export type Need = (typeof NEEDS)[number];

/** Whether somebody looks after a wait. */
export function isLookedAfter(
  { claimed_by: by, claim_lapses_at: lapsesAt }: Pick<WaitingNow, "claimed_by" | "claim_lapses_at">,
  now: Ms,
): boolean {
  return by !== null && lapsesAt !== null && now < fromWireTime(lapsesAt);
}

/** What a line needs at a moment. */
export function needOf(line: DeskLine, now: Ms, targetMs: Ms): Need {
  const { waiting, appointment, meeting } = line;
  const urgent = urgentNeedOf(line, now, targetMs);
  if (urgent !== null && openness(line.house, now).isOpen) return urgent;
  if (waiting.length > 0) return urgent === null ? "claimed" : "closed";
  if (meeting !== null && meeting.status !== "ended") return "going";
  if (appointment !== null && now < fromWireTime(appointment.ends_at)) return "coming";
  return "over";
}

/** What of it cannot wait within the opening hours; `null` for nothing. */
function urgentNeedOf(line: DeskLine, now: Ms, targetMs: Ms): Need | null {
  const { waiting, present, hostless_since: hostless, house } = line;
  const alone = waiting.filter((one) => !isLookedAfter(one, now));
  const isPast = ({ started_at: at }: WaitingNow) =>
    urgencyIn(house, fromWireTime(at), now, targetMs) !== "fresh";
  if (alone.some(isPast)) return "unseen";
  if (alone.length > 0) return "waiting";
  if (isOverdue(line, now)) return "late";
  return present > 0 && hostless !== null ? "hostless" : null;
}

/** Past the limit for being late, before its end, with nobody there, or only one side. */
function isOverdue({ appointment, present, hosts }: DeskLine, now: Ms): boolean {
  if (appointment === null || now >= fromWireTime(appointment.ends_at)) return false;
  if (now <= fromWireTime(appointment.starts_at) + appointment.late_after_ms) return false;
  if (present === 0) return appointment.outcome !== "both";
  return appointment.hosts.length > 0 && hosts.length === 0;
}

/** How late a line runs: since its start where it has not begun, since its end where it still goes on; else `null`. */
export function runsLateBy({ appointment, present, hosts }: DeskLine, now: Ms): Ms | null {
  if (appointment === null) return null;
  const [startsAt, endsAt] = [appointment.starts_at, appointment.ends_at].map(fromWireTime);
  if (endsAt !== undefined && now > endsAt) return present > 0 ? now - endsAt : null;
  if (startsAt === undefined || now <= startsAt) return null;
  const hasBegun = present > 0 && (hosts.length > 0 || appointment.hosts.length === 0);
  return hasBegun || appointment.outcome === "both" ? null : now - startsAt;
}

/** Since when a line stands where it stands: the longest wait, else its start. */
function sinceOf({ waiting, appointment, meeting }: DeskLine): string {
  const [longest] = waiting.map(({ started_at: at }) => at).toSorted();
  return longest ?? appointment?.starts_at ?? meeting?.started_at ?? "";
}

/** The lines of the board, what needs somebody first; then what began first. */
export function inNeed(lines: readonly DeskLine[], now: Ms, targetMs: Ms): DeskLine[] {
  const ranked = lines.map((line) => ({
    line,
    rank: NEEDS.indexOf(needOf(line, now, targetMs)),
    since: sinceOf(line),
  }));
  return ranked
    .toSorted(
      (a, b) => a.rank - b.rank || compare(a.since, b.since) || compare(a.line.id, b.line.id),
    )
    .map(({ line }) => line);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
