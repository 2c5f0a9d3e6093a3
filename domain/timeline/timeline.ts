import { endIsInferred } from "#domain/meeting/certainty.ts";
import { countAt, type Step } from "#domain/meeting/occupancy.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { uncertainPresenceOf } from "#domain/meeting/unheard.ts";
import { isEndEntered } from "#domain/meeting/wait.ts";
import type { Interval } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { STEPS } from "#domain/time/ticks.ts";

/*
 * Positions on a timeline, in percent of its axis: no pixels, no clock, so that a running bar can follow
 * "now" by a style alone. A width of `null` means "up to now".
 */

/** What the whole width of a timeline stands for. */
export interface Axis {
  from: Ms;
  to: Ms;
}

/** A position on the axis; `width` is `null` while it lasts. */
export interface LanePosition {
  left: number;
  width: number | null;
}

export type PieceKind = "present" | "unknown" | "rejoined" | "waiting" | "host";

/** One drawn piece of a lane. `rejoined` is a gap that the grace closed, `unknown` where they may have been. */
export interface LanePiece extends LanePosition {
  kind: PieceKind;
  from: Ms;
  to: Ms | null;
  /** Its end was not reported. */
  inferred: boolean;
  /** The observer found them there: its beginning was not seen. */
  isOpen: boolean;
}

/** The moment a person left the waiting room without being admitted. */
export interface LaneMark {
  kind: "left" | "short" | "came_back";
  at: Ms;
  left: number;
}

export interface Lane {
  pieces: LanePiece[];
  marks: LaneMark[];
}

/** An axis shorter than this would make a glance of a few seconds look like a meeting. */
export const SHORTEST_AXIS_MS = 60_000;
/** A shorter piece is drawn this wide to be visible. */
export const LEAST_WIDTH = 0.3;

/**
 * The end of the axis of a meeting that runs: later than `now`, and the same until `now` comes near it,
 * so that the lanes do not creep with every second.
 */
export function horizonOf(from: Ms, now: Ms): Ms {
  const length = Math.max(now - from, SHORTEST_AXIS_MS / 2);
  const unit = STEPS.findLast((step) => step <= length / 6) ?? 1000;
  const least = Math.max(length + unit / 4, SHORTEST_AXIS_MS);
  return from + Math.ceil(least / unit) * unit;
}

/** The axis from the first moment to the end, never shorter than a minute. */
export function axisOf(from: Ms, to: Ms): Axis {
  return { from, to: Math.max(to, from + SHORTEST_AXIS_MS) };
}

/** A moment in percent of the axis, kept within it. */
export function percentOf(at: Ms, axis: Axis): number {
  const percent = ((at - axis.from) / (axis.to - axis.from)) * 100;
  return Math.min(100, Math.max(0, percent));
}

/** An interval on the axis: always within it, and always wide enough to be seen. */
export function lanePositionOf({ from, to }: Interval, axis: Axis): LanePosition {
  const left = percentOf(from, axis);
  if (to === null) return { left: Math.min(left, 100 - LEAST_WIDTH), width: null };
  const width = Math.max(percentOf(to, axis) - left, LEAST_WIDTH);
  return { left: Math.min(left, 100 - width), width };
}

/** One person's lane: waits, presence, closed gaps, host tenures, and where they gave up. */
export function laneOf(
  person: Pick<PersonView, "presence" | "attended" | "visits" | "waits" | "tenures" | "status">,
  axis: Axis,
): Lane {
  const piece = (
    kind: PieceKind,
    interval: Interval,
    { inferred = false, isOpen = false } = {},
  ): LanePiece => ({
    kind,
    from: interval.from,
    to: interval.to,
    inferred,
    isOpen,
    ...lanePositionOf(interval, axis),
  });
  const pieces = [
    ...person.waits.map((wait) =>
      piece(
        "waiting",
        { from: wait.startedAt, to: wait.endedAt },
        { inferred: wait.inferred && !isEndEntered(wait) },
      ),
    ),
    ...uncertainPresenceOf(person).map((interval) => piece("unknown", within(interval, axis))),
    ...person.presence.map((stay) =>
      piece("present", stay, {
        inferred: endIsInferred(stay, person.visits),
        isOpen: startIsOpen(stay, person.visits),
      }),
    ),
    ...rejoinedGaps(person).map((gap) => piece("rejoined", gap)),
    ...person.tenures.map((tenure) => piece("host", tenure, { inferred: tenure.inferred })),
  ];
  return { pieces, marks: marksOf(person.waits, axis) };
}

/** Cut at the end of the axis: an unknown presence is drawn as no running bar. */
function within({ from, to }: Interval, axis: Axis): Interval {
  return { from, to: Math.max(from, Math.min(to ?? axis.to, axis.to)) };
}

/** Whether the observer found the person there: all visits that begin a stay were first seen at it. */
function startIsOpen(stay: Interval, visits: PersonView["visits"]): boolean {
  const first = visits.filter(({ joinedAt }) => joinedAt === stay.from);
  return first.length > 0 && first.every(({ start }) => start === "first_seen");
}

/** The gaps between stays that the grace closed. */
function rejoinedGaps({
  presence,
  attended,
}: Pick<PersonView, "presence" | "attended">): { from: Ms; to: Ms }[] {
  const gaps: { from: Ms; to: Ms }[] = [];
  for (const [index, next] of presence.entries()) {
    const from = presence[index - 1]?.to ?? null;
    if (from === null || next.from <= from) continue;
    const joined = attended.some(
      (whole) => whole.from <= from && (whole.to === null || whole.to >= next.from),
    );
    if (joined) gaps.push({ from, to: next.from });
  }
  return gaps;
}

function marksOf(waits: PersonView["waits"], axis: Axis): LaneMark[] {
  const marks: LaneMark[] = [];
  for (const { outcome, endedAt } of waits) {
    if (endedAt === null) continue;
    if (outcome === "left" || outcome === "short" || outcome === "came_back") {
      marks.push({ kind: outcome, at: endedAt, left: percentOf(endedAt, axis) });
    }
  }
  return marks;
}

/** Closer steps than this, in percent of the axis, cannot be distinguished. */
const FINEST = 0.1;

/**
 * The outline of the headcount, left to right, for an area chart: `x` in percent of the axis, `y` in
 * percent of `most`. It runs flat to the end of the axis; the view hides what lies after now. Of steps too
 * close to be distinguished it shows the highest and the last.
 */
export function outlineOf(
  steps: readonly Step[],
  axis: Axis,
  most: number,
): { x: number; y: number }[] {
  const height = (count: number) => (most === 0 ? 0 : Math.min(100, (count / most) * 100));
  let y = height(countAt(steps, axis.from));
  const points = [{ x: 0, y }];
  let column: { x: number; highest: number; last: number } | null = null;
  const draw = () => {
    if (column === null) return;
    const { x, highest, last } = column;
    points.push({ x, y });
    if (highest > Math.max(y, last)) points.push({ x, y: highest });
    points.push({ x, y: last });
    y = last;
  };
  for (const { at, count } of steps) {
    if (at <= axis.from || at > axis.to) continue;
    const x = percentOf(at, axis);
    const last = height(count);
    if (column !== null && x - column.x < FINEST) {
      column = { x: column.x, highest: Math.max(column.highest, last), last };
    } else {
      draw();
      column = { x, highest: last, last };
    }
  }
  draw();
  points.push({ x: 100, y });
  return points;
}
