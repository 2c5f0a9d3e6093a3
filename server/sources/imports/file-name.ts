import { dayIn } from "#server/providers/import/clock.ts";
import type { ImportFormat } from "#server/providers/import/languages/roles.ts";
import { FILE_WORDS, isNoTitle, plain } from "#server/providers/import/lexicon.ts";

/** What the name of a file states, used where the file itself does not. */
export interface FileName {
  /** The key of a room: a number or a code that the provider put there, or else the file's name. */
  room: string;
  /** Whether it is such a number or code. */
  isCode: boolean;
  /** The provider's default file name, which names no room. */
  isDefault: boolean;
  /** `YYYY-MM-DD` */
  day: string | null;
}

const ZOOM_NUMBER = /(?:^|[^\d])(\d{9,11})(?:[^\d]|$)/;
const MEET_CODE = /(?:^|[^a-z])([a-z]{3}-[a-z]{4}-[a-z]{3})(?:[^a-z]|$)/;
const DATE = /(?<!\d)(\d{4}[-_.]\d{1,2}[-_.]\d{1,2})(?!\d)/;
/** A time is removed only after a date: alone it may be part of a name. */
const DATE_AND_TIME =
  /(?<!\d)\d{4}[-_.]\d{1,2}[-_.]\d{1,2}(?:[ T_,-]{1,3}(?:at )?\d{1,2}[-_.:h]\d{2}(?:[-_.:]\d{2})?(?!\d)(?: ?[AP]M)?(?: ?GMT[+-]?\d{0,4})?)?/i;
const COPY = /(?: ?\(\d+\)| - (?:copy|kopie|copie|copia|cópia|kopia)(?: ?\(\d+\))?)+$/i;
const NAME_LENGTH = 200;

/** Reads a file name. A copy, “report (1).csv”, reads like the file itself. */
export function fileNameOf(path: string): FileName {
  const base = path.split(/[\\/]/).at(-1) ?? path;
  const name = base
    .replace(/\.(?:csv|tsv|txt)$/i, "")
    .replace(COPY, "")
    .replace(/^copy of /i, "")
    .trim();
  const [, written] = DATE.exec(name) ?? [];
  const day = written === undefined ? null : dayIn(written.replace(/[_.]/g, "-"), "month_first");
  const code = ZOOM_NUMBER.exec(name)?.[1] ?? MEET_CODE.exec(name)?.[1];
  if (code !== undefined) return { room: code, isCode: true, isDefault: false, day };
  const inBrackets = /^meeting ?Attendance ?(?:Report|List) ?\((.+)\)$/i.exec(name)?.[1];
  const undated = (inBrackets ?? name).replace(DATE_AND_TIME, " ");
  const plainName = trimmed(withoutReport(undated));
  const isDefault = isNoTitle(plainName) || FILE_WORDS.includes(plain(plainName));
  const room = plainName || trimmed(undated) || name || "Attendance";
  return { room: room.slice(0, NAME_LENGTH), isCode: false, isDefault, day };
}

/** Removes the provider's name for a report, such as “attendance report”. */
function withoutReport(name: string): string {
  const lower = name.toLowerCase();
  const phrase = REPORTS.find((one) => lower.includes(one));
  if (phrase === undefined) return name;
  const at = lower.indexOf(phrase);
  return `${name.slice(0, at)} ${name.slice(at + phrase.length)}`;
}

/** Phrases only: a single word may be part of a name, as in “Participants of the course”. */
const REPORTS = FILE_WORDS.filter(
  (word) => word.includes(" ") || /[^\p{Script=Latin}\s]/u.test(word),
);

function trimmed(name: string): string {
  return name
    .replace(/\(\s*\)/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s_–-]+|[\s_–-]+$/g, "");
}

/** The format that a file name suggests; `null` where it suggests none. */
export function formatHint(path: string): ImportFormat | null {
  const name = (path.split(/[\\/]/).at(-1) ?? path).toLowerCase();
  if (/^(?:participants?|participantes|attendees?|teilnehmer)_\d/.test(name)) return "zoom";
  if (/^meeting ?attendance ?(?:report|list)/.test(name)) return "teams";
  return MEET_CODE.test(name) ? "meet" : null;
}
