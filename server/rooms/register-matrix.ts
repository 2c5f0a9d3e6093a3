import { type RegisterCell, stateWithout } from "#domain/rooms/register/cell.ts";
import {
  isGuest,
  type Register,
  type RegisterColumn,
  type RegisterRow,
} from "#domain/rooms/register/register.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import { localTime } from "#server/http/files/csv.ts";
import { CELL_STATE_WORDS, KNOWN_BY, KNOWN_FROM, USER_ID } from "#server/http/files/file-words.ts";
import type { Batches, Column, TableLook } from "#server/http/files/table.ts";

const ROWS_AT_ONCE = 50;

export async function* inParts(people: readonly RegisterRow[]): Batches<RegisterRow> {
  for (let at = 0; at < people.length; at += ROWS_AT_ONCE)
    yield people.slice(at, at + ROWS_AT_ONCE);
}

export const TWO_OF_A_NAME = "May be two of one name";

const PERSON: Column<RegisterRow>[] = [
  { name: "person", kind: "text", leads: true, value: ({ name }) => name },
  { name: "user_id", heading: USER_ID, kind: "text", trails: true, value: ({ userId }) => userId },
  {
    name: "identified_by",
    heading: KNOWN_FROM,
    kind: "word",
    words: KNOWN_BY,
    trails: true,
    value: ({ knownBy }) => knownBy,
  },
  {
    name: "ambiguous",
    heading: TWO_OF_A_NAME,
    kind: "flag",
    trails: true,
    value: ({ ambiguous }) => ambiguous,
  },
];

const SHARE: Column<RegisterRow> = {
  name: "share",
  heading: "Share of all meeting time",
  kind: "share",
  value: ({ share }) => rounded(share),
};

const ATTENDED: Column<RegisterRow> = {
  name: "attended",
  kind: "duration",
  value: ({ attendedMs }) => attendedMs,
};

/** The columns of a matrix. For people, the sums they ask for most come before the meetings, the others after them. */
export function matrixOf(
  meetings: readonly RegisterColumn[],
  offsetAt: OffsetAt,
): Column<RegisterRow>[] {
  const heldCount = meetings.filter((meeting) => meeting.held).length;
  const shortCount = meetings.filter(({ leftOut }) => leftOut === "short").length;
  return [
    ...PERSON,
    {
      name: "attended_meetings",
      heading: "Meetings attended",
      kind: "number",
      value: ({ attended }) => attended,
    },
    {
      name: "held_meetings",
      heading: "Meetings that count",
      kind: "number",
      trails: true,
      value: () => heldCount,
    },
    {
      name: "meetings_too_short",
      heading: "Meetings too short to count",
      kind: "number",
      trails: true,
      value: () => shortCount,
    },
    { ...ATTENDED, trails: true },
    SHARE,
    {
      name: "inferred_meetings",
      heading: "Meetings with a time nobody reported",
      kind: "number",
      trails: true,
      value: ({ cells }) => cells.filter((cell) => cell?.sureness.inferred).length,
    },
    { name: "late", heading: "Times late", kind: "number", value: ({ late }) => late },
    {
      name: "left_early",
      heading: "Times left early",
      kind: "number",
      trails: true,
      value: ({ leftEarly }) => leftEarly,
    },
    {
      name: "regular",
      heading: "Comes regularly",
      kind: "flag",
      trails: true,
      value: ({ regular }) => regular,
    },
    {
      name: "not_lately",
      heading: "Not seen lately",
      kind: "flag",
      trails: true,
      value: ({ notLately }) => notLately,
    },
    { name: "host", kind: "flag", trails: true, value: ({ isHost }) => isHost },
    { name: "guest", kind: "flag", trails: true, value: isGuest },
    ...namesOf(meetings, offsetAt).map(
      ([name, meeting, index]): Column<RegisterRow> => ({
        name,
        kind: "word",
        words: CELL_STATE_WORDS,
        value: (row) => stateIn(meeting, row, row.cells[index] ?? null),
      }),
    ),
  ];
}

/** The matrix as numbers that a sheet can add up: 0 for an absent person, an empty cell where nothing is known. */
export function looksAt(
  { meetings, people }: Register,
  offsetAt: OffsetAt,
): TableLook<RegisterRow>[] {
  const numberIn = (
    [, meeting, index]: Named,
    row: RegisterRow,
    of: (cell: RegisterCell) => number | null,
  ) => {
    const cell = row.cells[index] ?? null;
    if (cell !== null) return of(cell);
    return stateIn(meeting, row, null) === "absent" ? 0 : null;
  };
  const named = namesOf(meetings, offsetAt);
  const look = (name: string, columns: Column<RegisterRow>[]) => ({
    name,
    table: {
      columns: [...PERSON.filter(({ leads }) => leads), ...columns],
      batches: inParts(people),
    },
  });
  return [
    look("Minutes attended", [
      ATTENDED,
      ...named.map(
        (lesson): Column<RegisterRow> => ({
          name: lesson[0],
          kind: "duration",
          value: (row) => numberIn(lesson, row, ({ attendedMs }) => attendedMs),
        }),
      ),
    ]),
    look("Share attended", [
      SHARE,
      ...named.map(
        (lesson): Column<RegisterRow> => ({
          name: lesson[0],
          kind: "share",
          value: (row) => rounded(numberIn(lesson, row, ({ share }) => share)),
        }),
      ),
    ]),
  ];
}

type Named = [name: string, meeting: RegisterColumn, index: number];

/**
 * Names each meeting by its start in the zone: `2026-11-20 10:00`. Of two that began in the same minute, or an
 * hour apart as clocks were set back, the second is `2026-11-20 10:00 (2)`.
 */
function namesOf(meetings: readonly RegisterColumn[], offsetAt: OffsetAt): Named[] {
  const given = new Map<string, number>();
  return meetings.map((meeting, index) => {
    const at = localTime(meeting.startedAt ?? meeting.firstAt, offsetAt);
    const name = `${at.slice(0, 10)} ${at.slice(11, 16)}`;
    const nth = (given.get(name) ?? 0) + 1;
    given.set(name, nth);
    return [nth === 1 ? name : `${name} (${nth})`, meeting, index];
  });
}

/** The state of a cell. Without one: absent, not counted, not there, or unknown for an erased meeting. */
export function stateIn(
  meeting: RegisterColumn,
  row: RegisterRow,
  cell: RegisterCell | null,
): string {
  return cell?.state ?? stateWithout(meeting, row);
}

/** A share, 0 to 1, rounded to four places: hundredths of a percent. */
export function rounded(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 10_000;
}
