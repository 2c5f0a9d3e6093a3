import type { Sureness } from "#domain/meeting/certainty.ts";
import type { Ms } from "#domain/time/ms.ts";
import { CELL_STATES, percentAttended, type RegisterCell } from "./cell.ts";
import type { Register, RegisterColumn, RegisterRow } from "./register.ts";

/*
 * A register on its way to a browser: 200 people × 120 meetings are 24 000 cells, and field names would be
 * most of the bytes.
 */

/** The row's cells, for each one `WIDTH` numbers: meeting, state and marks, times in ms. */
export type PackedRow = Omit<RegisterRow, "cells"> & { packed: number[] };

export interface PackedRegister {
  meetings: RegisterColumn[];
  people: PackedRow[];
}

const WIDTH = 5;
const STATES = 16;
const HOSTED = 16;
const INFERRED = 32;
/** Marks for inexact times: first join, last leave, and attended time. */
const JOINED = 64;
const LEFT = 128;
const ATTENDED = 256;
const NEVER = -1;

export function packRegister({ meetings, people }: Register): PackedRegister {
  return {
    meetings,
    people: people.map(({ cells, ...row }) => ({
      ...row,
      packed: cells.flatMap((cell, index) =>
        cell === null ? [] : packed(cell, index, meetings[index]?.firstAt ?? 0),
      ),
    })),
  };
}

export function unpackRegister({ meetings, people }: PackedRegister): Register {
  return {
    meetings,
    people: people.map(({ packed: numbers, ...row }) => {
      const cells: (RegisterCell | null)[] = meetings.map(() => null);
      for (let at = 0; at < numbers.length; at += WIDTH) {
        const [index = 0, marks = 0, attendedMs = 0, joined = NEVER, left = NEVER] = numbers.slice(
          at,
          at + WIDTH,
        );
        const meeting = meetings[index];
        const state = CELL_STATES[marks % STATES];
        if (meeting === undefined || state === undefined) continue;
        cells[index] = {
          state,
          attendedMs,
          share: percentAttended(attendedMs, meeting.lengthMs),
          hosted: (marks & HOSTED) !== 0,
          firstJoinedAt: since(joined, meeting.firstAt),
          lastLeftAt: since(left, meeting.firstAt),
          sureness: surenessIn(marks, joined !== NEVER, left !== NEVER),
        };
      }
      return { ...row, cells };
    }),
  };
}

function packed(cell: RegisterCell, index: number, firstAt: Ms): number[] {
  const marks =
    CELL_STATES.indexOf(cell.state) + (cell.hosted ? HOSTED : 0) + marksOf(cell.sureness);
  return [
    index,
    marks,
    cell.attendedMs,
    past(cell.firstJoinedAt, firstAt),
    past(cell.lastLeftAt, firstAt),
  ];
}

function marksOf({ inferred, joined, left, attended }: Sureness): number {
  return (
    (inferred ? INFERRED : 0) +
    (joined === "at_most" ? JOINED : 0) +
    (left === "at_least" ? LEFT : 0) +
    (attended === "at_least" ? ATTENDED : 0)
  );
}

function surenessIn(marks: number, cameIn: boolean, hasLeft: boolean): Sureness {
  return {
    joined: cameIn ? ((marks & JOINED) === 0 ? "exact" : "at_most") : null,
    left: hasLeft ? ((marks & LEFT) === 0 ? "exact" : "at_least") : null,
    attended: cameIn ? ((marks & ATTENDED) === 0 ? "exact" : "at_least") : null,
    inferred: (marks & INFERRED) !== 0,
  };
}

/** No time of a meeting is before its first moment, so none is below 0. */
function past(at: Ms | null, firstAt: Ms): number {
  return at === null ? NEVER : at - firstAt;
}

function since(ms: number, firstAt: Ms): Ms | null {
  return ms === NEVER ? null : firstAt + ms;
}
