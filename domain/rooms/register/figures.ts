import type { Ms } from "#domain/time/ms.ts";
import { isAttended } from "./cell.ts";
import type { Register } from "./register.ts";

/**
 * The totals of a register. All of them are about held meetings and their participants, hosts left out;
 * `null` where there is nothing to divide by.
 */
export interface RegisterFigures {
  held: number;
  /** Unique participants: distinct people who came in to any meeting, those in progress included. */
  unique: number;
  /** Σ of those who attended ÷ meetings. */
  averageAttendance: number | null;
  /** Σ attended time of those who attended ÷ their number, one for each meeting. */
  averageStayMs: Ms | null;
  /** Σ length ÷ meetings. */
  averageLengthMs: Ms | null;
  /** Attended, each person in each meeting once. */
  attendances: number;
  /** How many of the attendances were late. */
  late: number;
  leftEarly: number;
  /** People who attended every meeting. */
  neverMissed: number;
  /** `null` where there were too few meetings. */
  regulars: number | null;
  notLately: number | null;
  trend: Trend | null;
  /** People who are shown apart as hosts. */
  hosts: number;
}

/** Recent attendance against earlier: the mean of the last `span` meetings and of the `span` before those. */
export interface Trend {
  span: number;
  lately: number;
  before: number;
}

/** A trend compares at most this many meetings with as many before. */
const LONGEST_SPAN = 4;

export function figuresOf({ meetings, people: everybody }: Register): RegisterFigures {
  const people = everybody.filter(({ isHost }) => !isHost);
  const held = meetings.filter((meeting) => meeting.held);
  const counts = held.map(({ attended }) => attended ?? 0);
  const attendances = sum(counts);
  const lengths = sum(held.map(({ lengthMs }) => lengthMs ?? 0));
  const stayed = sum(
    people.flatMap(({ cells }) =>
      cells.map((cell, index) =>
        cell !== null && meetings[index]?.held && isAttended(cell) ? cell.attendedMs : 0,
      ),
    ),
  );
  const withHabit = people.filter(({ regular }) => regular !== null);
  const before = people.filter(({ notLately }) => notLately !== null);
  return {
    held: held.length,
    unique: people.filter(({ lastSeenAt }) => lastSeenAt !== null).length,
    averageAttendance: held.length === 0 ? null : attendances / held.length,
    averageStayMs: attendances === 0 ? null : stayed / attendances,
    averageLengthMs: held.length === 0 ? null : lengths / held.length,
    attendances,
    late: sum(held.map(({ late }) => late)),
    leftEarly: sum(held.map(({ leftEarly }) => leftEarly)),
    neverMissed: people.filter(({ attended }) => held.length > 0 && attended === held.length)
      .length,
    regulars: withHabit.length === 0 ? null : withHabit.filter(({ regular }) => regular).length,
    notLately: before.length === 0 ? null : before.filter(({ notLately }) => notLately).length,
    trend: trendOf(counts),
    hosts: everybody.length - people.length,
  };
}

/** Of the attendance of meetings, oldest first; `null` with fewer than four. */
export function trendOf(counts: readonly number[]): Trend | null {
  const span = Math.min(LONGEST_SPAN, Math.floor(counts.length / 2));
  if (span < 2) return null;
  return {
    span,
    lately: sum(counts.slice(-span)) / span,
    before: sum(counts.slice(-2 * span, -span)) / span,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
