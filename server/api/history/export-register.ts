import { dayAt, type OffsetAt } from "#domain/history/period.ts";
import { type Cell, stateWithout } from "#domain/history/register/cell.ts";
import {
  isGuest,
  type Register,
  type RegisterColumn,
  type RegisterRow,
} from "#domain/history/register/register.ts";
import { toWireTime } from "#domain/wire.ts";
import { KNOWN_BY, LATE_FROM, LEFT_OUT, STATES } from "#server/api/history/file-words.ts";
import { registerSaid } from "#server/api/history/register-said.ts";
import { oneOf } from "#server/api/query.ts";
import { localTime } from "#server/export/csv.ts";
import { exported, type Format } from "#server/export/formats.ts";
import type { Batches, Column } from "#server/export/table.ts";
import { certaintyColumns } from "./certainty-columns.ts";
import { offsetIn } from "./period.ts";
import { askedRegister } from "./register.ts";

const LAYOUTS = ["matrix", "list"] as const;

/**
 * `GET /api/v1/rooms/{id}/register.csv`, `.xlsx` and `.json`: a line for each person with a column for each meeting,
 * or, with `layout=list`, a line for each person in each meeting with all that the register knows of it.
 * A JSON is a list where the query does not say.
 */
export async function exportRegister(url: URL, id: string, format: Format): Promise<Response> {
  const layout = oneOf(url, "layout", LAYOUTS) ?? (format === "json" ? "list" : "matrix");
  const told = await askedRegister(url, id, Date.now());
  const { room, register, period, asOf } = told;
  const offsetAt = offsetIn(period.timeZone);
  const about = {
    name: `register-${room.title ?? room.key}-${dayAt(asOf, offsetAt)}`,
    timeZone: period.timeZone,
    about: { room: room.key, title: room.title, as_of: toWireTime(asOf) },
    invented: room.source.demo === true,
    said: registerSaid(told, offsetAt),
  };
  switch (layout) {
    case "matrix":
      return exported(url, format, {
        ...about,
        table: {
          columns: matrixOf(register.meetings, offsetAt),
          batches: inParts(register.people),
        },
      });
    case "list":
      return exported(url, format, {
        ...about,
        table: { columns: LIST, batches: listOf(register) },
      });
    default:
      return layout satisfies never;
  }
}

const ROWS_AT_ONCE = 50;

async function* inParts(people: readonly RegisterRow[]): Batches<RegisterRow> {
  for (let at = 0; at < people.length; at += ROWS_AT_ONCE)
    yield people.slice(at, at + ROWS_AT_ONCE);
}

const TWO_OF_A_NAME = "May be two of one name";

const PERSON: Column<RegisterRow>[] = [
  { name: "person", kind: "text", leads: true, value: ({ name }) => name },
  { name: "user_id", kind: "text", value: ({ userId }) => userId },
  { name: "identified_by", kind: "word", words: KNOWN_BY, value: ({ knownBy }) => knownBy },
  { name: "ambiguous", heading: TWO_OF_A_NAME, kind: "flag", value: ({ ambiguous }) => ambiguous },
];

/**
 * The meetings are named by when they began, as the zone tells it: `2026-11-20 10:00`. Of two that began in
 * the same minute, or an hour apart as clocks were set back, the second is `2026-11-20 10:00 (2)`.
 */
function matrixOf(meetings: readonly RegisterColumn[], offsetAt: OffsetAt): Column<RegisterRow>[] {
  const held = meetings.filter((meeting) => meeting.held).length;
  const short = meetings.filter(({ leftOut }) => leftOut === "short").length;
  const given = new Map<string, number>();
  return [
    ...PERSON,
    { name: "attended_meetings", kind: "number", value: ({ attended }) => attended },
    { name: "held_meetings", kind: "number", value: () => held },
    {
      name: "meetings_too_short",
      heading: "Meetings too short to count",
      kind: "number",
      value: () => short,
    },
    { name: "attended", kind: "duration", value: ({ attendedMs }) => attendedMs },
    { name: "share", kind: "share", value: ({ share }) => rounded(share) },
    {
      name: "inferred_meetings",
      kind: "number",
      value: ({ cells }) => cells.filter((cell) => cell?.sureness.inferred).length,
    },
    { name: "late", kind: "number", value: ({ late }) => late },
    { name: "left_early", kind: "number", value: ({ leftEarly }) => leftEarly },
    { name: "regular", kind: "flag", value: ({ regular }) => regular },
    {
      name: "not_lately",
      heading: "Not seen lately",
      kind: "flag",
      value: ({ notLately }) => notLately,
    },
    { name: "host", kind: "flag", value: ({ isHost }) => isHost },
    { name: "guest", kind: "flag", value: isGuest },
    ...meetings.map((meeting, index): Column<RegisterRow> => {
      const at = localTime(meeting.startedAt ?? meeting.firstAt, offsetAt);
      const name = `${at.slice(0, 10)} ${at.slice(11, 16)}`;
      const nth = (given.get(name) ?? 0) + 1;
      given.set(name, nth);
      return {
        name: nth === 1 ? name : `${name} (${nth})`,
        kind: "word",
        words: STATES,
        value: (row) => stateIn(meeting, row, row.cells[index] ?? null),
      };
    }),
  ];
}

/** What a cell says: who was absent says so, and of an erased meeting nothing is known. */
function stateIn(meeting: RegisterColumn, row: RegisterRow, cell: Cell | null): string {
  return cell?.state ?? stateWithout(meeting, row);
}

interface Line {
  row: RegisterRow;
  meeting: RegisterColumn;
  cell: Cell | null;
}

async function* listOf({ meetings, people }: Register): Batches<Line> {
  for (const row of people) {
    yield meetings.map((meeting, index) => ({ row, meeting, cell: row.cells[index] ?? null }));
  }
}

const LIST: Column<Line>[] = [
  { name: "person", kind: "text", leads: true, value: ({ row }) => row.name },
  { name: "user_id", kind: "text", value: ({ row }) => row.userId },
  { name: "identified_by", kind: "word", words: KNOWN_BY, value: ({ row }) => row.knownBy },
  { name: "ambiguous", heading: TWO_OF_A_NAME, kind: "flag", value: ({ row }) => row.ambiguous },
  { name: "meeting_id", kind: "text", only: "programs", value: ({ meeting }) => meeting.id },
  { name: "started_at", kind: "moment", value: ({ meeting }) => meeting.startedAt },
  { name: "ended_at", kind: "moment", value: ({ meeting }) => meeting.endedAt },
  { name: "length", kind: "duration", value: ({ meeting }) => meeting.lengthMs },
  {
    name: "meeting_left_out",
    kind: "word",
    words: LEFT_OUT,
    value: ({ meeting }) => meeting.leftOut,
  },
  {
    name: "state",
    kind: "word",
    words: STATES,
    value: ({ meeting, row, cell }) => stateIn(meeting, row, cell),
  },
  { name: "first_joined_at", kind: "moment", value: ({ cell }) => cell?.firstJoinedAt ?? null },
  { name: "last_left_at", kind: "moment", value: ({ cell }) => cell?.lastLeftAt ?? null },
  { name: "attended", kind: "duration", value: ({ cell }) => cell?.attendedMs ?? null },
  { name: "share_of_meeting", kind: "share", value: ({ cell }) => rounded(cell?.share ?? null) },
  { name: "hosted", kind: "flag", value: ({ cell }) => cell?.hosted ?? null },
  { name: "inferred", kind: "flag", value: ({ cell }) => cell?.sureness.inferred ?? null },
  ...certaintyColumns<Line>(({ cell }) => cell?.sureness ?? null),
  {
    name: "late_from",
    heading: "Late counts from",
    kind: "moment",
    value: ({ meeting }) => meeting.start?.at ?? null,
  },
  {
    name: "late_from_by",
    heading: "What late counts from",
    kind: "word",
    words: LATE_FROM,
    value: ({ meeting }) => meeting.start?.by ?? null,
  },
  { name: "host", kind: "flag", value: ({ row }) => row.isHost },
  { name: "guest", kind: "flag", value: ({ row }) => isGuest(row) },
];

/** A share with four places: hundredths of a percent. */
function rounded(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 10_000;
}
