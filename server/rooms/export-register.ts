import type { RegisterCell } from "#domain/rooms/register/cell.ts";
import {
  isGuest,
  type Register,
  type RegisterColumn,
  type RegisterRow,
} from "#domain/rooms/register/register.ts";
import { dayAt } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { certaintyColumns } from "#server/http/files/certainty-columns.ts";
import {
  CELL_STATE_WORDS,
  FIRST_IN,
  KNOWN_BY,
  KNOWN_FROM,
  LAST_OUT,
  LATE_FROM,
  LEFT_OUT,
  USER_ID,
} from "#server/http/files/file-words.ts";
import { exported, type FileFormat } from "#server/http/files/formats.ts";
import type { Batches, Column } from "#server/http/files/table.ts";
import type { SentFile } from "#server/http/files/taken.ts";
import { offsetIn } from "#server/http/period.ts";
import { oneOf } from "#server/http/query.ts";
import { askedRegister } from "./register.ts";
import { registerIntro } from "./register-intro.ts";
import { inParts, looksAt, matrixOf, rounded, stateIn, TWO_OF_A_NAME } from "./register-matrix.ts";

export const LAYOUTS = ["matrix", "list"] as const;

/**
 * `GET /api/v1/rooms/{id}/register.csv`, `.xlsx` and `.json`: a line for each person with a column for each meeting,
 * or, with `layout=list`, a line for each person in each meeting with all fields of its cell. Without a
 * `layout` a JSON file is a list.
 */
export async function exportRegister(url: URL, id: string, format: FileFormat): Promise<SentFile> {
  const layout = oneOf(url, "layout", LAYOUTS) ?? (format === "json" ? "list" : "matrix");
  const asked = await askedRegister(url, id, Date.now());
  const { room, register, period, asOf } = asked;
  const offsetAt = offsetIn(period.timeZone);
  const about = {
    name: `register-${room.title ?? room.key}-${dayAt(asOf, offsetAt)}`,
    called: room.title ?? room.key,
    timeZone: period.timeZone,
    about: { room: room.key, title: room.title, as_of: toWireTime(asOf) },
    invented: room.source.demo === true,
    intro: registerIntro(asked, offsetAt),
  };
  switch (layout) {
    case "matrix":
      return exported(url, format, {
        ...about,
        table: {
          columns: matrixOf(register.meetings, offsetAt),
          batches: inParts(register.people),
        },
        looks: looksAt(register, offsetAt),
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

interface Line {
  row: RegisterRow;
  meeting: RegisterColumn;
  cell: RegisterCell | null;
}

async function* listOf({ meetings, people }: Register): Batches<Line> {
  for (const row of people) {
    yield meetings.map((meeting, index) => ({ row, meeting, cell: row.cells[index] ?? null }));
  }
}

const LIST: Column<Line>[] = [
  { name: "person", kind: "text", leads: true, value: ({ row }) => row.name },
  { name: "user_id", heading: USER_ID, kind: "text", value: ({ row }) => row.userId },
  {
    name: "identified_by",
    heading: KNOWN_FROM,
    kind: "word",
    words: KNOWN_BY,
    value: ({ row }) => row.knownBy,
  },
  { name: "ambiguous", heading: TWO_OF_A_NAME, kind: "flag", value: ({ row }) => row.ambiguous },
  { name: "meeting_id", kind: "text", only: "programs", value: ({ meeting }) => meeting.id },
  {
    name: "started_at",
    heading: "Meeting began",
    kind: "moment",
    value: ({ meeting }) => meeting.startedAt,
  },
  {
    name: "ended_at",
    heading: "Meeting ended",
    kind: "moment",
    value: ({ meeting }) => meeting.endedAt,
  },
  {
    name: "length",
    heading: "Length of the meeting",
    kind: "duration",
    value: ({ meeting }) => meeting.lengthMs,
  },
  {
    name: "meeting_left_out",
    heading: "Why the meeting does not count",
    kind: "word",
    words: LEFT_OUT,
    value: ({ meeting }) => meeting.leftOut,
  },
  {
    name: "state",
    heading: "Attendance",
    kind: "word",
    words: CELL_STATE_WORDS,
    value: ({ meeting, row, cell }) => stateIn(meeting, row, cell),
  },
  {
    name: "first_joined_at",
    heading: FIRST_IN,
    kind: "moment",
    value: ({ cell }) => cell?.firstJoinedAt ?? null,
  },
  {
    name: "last_left_at",
    heading: LAST_OUT,
    kind: "moment",
    value: ({ cell }) => cell?.lastLeftAt ?? null,
  },
  { name: "attended", kind: "duration", value: ({ cell }) => cell?.attendedMs ?? null },
  {
    name: "share_of_meeting",
    heading: "Share of the meeting",
    kind: "share",
    value: ({ cell }) => rounded(cell?.share ?? null),
  },
  {
    name: "hosted",
    heading: "Was host there",
    kind: "flag",
    value: ({ cell }) => cell?.hosted ?? null,
  },
  {
    name: "inferred",
    heading: "A time nobody reported",
    kind: "flag",
    value: ({ cell }) => cell?.sureness.inferred ?? null,
  },
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
