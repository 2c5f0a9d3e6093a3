import { dayIn } from "#server/providers/import/clock.ts";

/** What the name of a file says where the file itself is silent. */
export interface FileName {
  /** The key of a room: a number or a code that the provider put there, or else what the file is called. */
  room: string;
  /** Whether it is such a number or code. */
  isCode: boolean;
  /** `YYYY-MM-DD` */
  day: string | null;
}

const ZOOM_NUMBER = /(?:^|[^\d])(\d{9,11})(?:[^\d]|$)/;
const MEET_CODE = /(?:^|[^a-z])([a-z]{3}-[a-z]{4}-[a-z]{3})(?:[^a-z]|$)/;
const DAY = /\b(\d{4}[-_]\d{2}[-_]\d{2})\b/;
const NAME_LENGTH = 200;

/** A copy of a file, “report (1).csv”, says the same as the file. */
export function fileNameOf(path: string): FileName {
  const base = path.split(/[\\/]/).at(-1) ?? path;
  const name = base
    .replace(/\.(?:csv|tsv|txt)$/i, "")
    .replace(/(?: ?\(\d+\)| - Copy(?: \(\d+\))?)+$/i, "")
    .trim();
  const [, written] = DAY.exec(name) ?? [];
  const day = written === undefined ? null : dayIn(written.replaceAll("_", "-"), "month_first");
  const code = ZOOM_NUMBER.exec(name)?.[1] ?? MEET_CODE.exec(name)?.[1];
  if (code !== undefined) return { room: code, isCode: true, day };
  const inBrackets = /^meetingAttendance(?:Report|List)\((.+)\)$/i.exec(name)?.[1];
  const plain = (inBrackets ?? name)
    .replace(DAY, " ")
    .replace(/attendance report/i, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s_–-]+|[\s_–-]+$/g, "");
  return { room: (plain || name || "Attendance").slice(0, NAME_LENGTH), isCode: false, day };
}
