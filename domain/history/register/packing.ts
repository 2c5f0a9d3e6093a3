import type { Ms } from "#domain/event.ts";
import { CELL_STATES, type Cell, percentAttended } from "./cell.ts";
import type { Register, RegisterColumn, RegisterRow } from "./register.ts";

/*
 * A register on its way to a browser: 200 people × 120 meetings are 24 000 cells, and named fields would be
 * most of what is sent.
 */

/** The row's cells, of each that there is `WIDTH` numbers: meeting, state and marks, times in ms. */
export type PackedRow = Omit<RegisterRow, "cells"> & { packed: number[] };

export interface PackedRegister {
  meetings: RegisterColumn[];
  people: PackedRow[];
}

const WIDTH = 5;
const STATES = 16;
const HOSTED = 16;
const INFERRED = 32;
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
      const cells: (Cell | null)[] = meetings.map(() => null);
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
          inferred: (marks & INFERRED) !== 0,
          firstJoinedAt: since(joined, meeting.firstAt),
          lastLeftAt: since(left, meeting.firstAt),
        };
      }
      return { ...row, cells };
    }),
  };
}

function packed(cell: Cell, index: number, firstAt: Ms): number[] {
  const marks =
    CELL_STATES.indexOf(cell.state) + (cell.hosted ? HOSTED : 0) + (cell.inferred ? INFERRED : 0);
  return [
    index,
    marks,
    cell.attendedMs,
    past(cell.firstJoinedAt, firstAt),
    past(cell.lastLeftAt, firstAt),
  ];
}

/** Nothing of a meeting is earlier than the first moment heard of, so that no time is below 0. */
function past(at: Ms | null, firstAt: Ms): number {
  return at === null ? NEVER : at - firstAt;
}

function since(ms: number, firstAt: Ms): Ms | null {
  return ms === NEVER ? null : firstAt + ms;
}
