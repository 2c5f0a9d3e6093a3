import { open } from "node:fs/promises";
import { basename } from "node:path";
import {
  type ImportResult,
  MOST_IMPORT_BYTES,
  REMARK_WORDS,
  TOO_LARGE_TO_IMPORT,
} from "#domain/sources/imports/imports.ts";
import { isDay } from "#domain/time/period.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { createDoor } from "#server/ingest/door.ts";
import { Projector } from "#server/ingest/projector.ts";
import type { DateOrder } from "#server/providers/import/clock.ts";
import { IMPORT_FORMATS, type ImportFormat } from "#server/providers/import/languages/roles.ts";
import { BadColumns, columnsIn } from "#server/sources/imports/columns-said.ts";
import { importFile } from "#server/sources/imports/import.ts";
import {
  type Asking,
  howItWasImported,
  NotUnderstood,
  ReadBefore,
} from "#server/sources/imports/refusal.ts";
import { allRefused } from "#server/sources/imports/result.ts";
import { type CliContext, CommandError, note } from "./command.ts";

export interface ImportFlags {
  format?: string;
  zone?: string;
  dates?: string;
  day?: string;
  room?: string;
  columns?: string;
  dryRun?: boolean;
}

/** A file of which nothing was imported. */
export interface RefusedFile {
  file: string;
  error: string;
  /** The flag that helps; `null` where none does. */
  flag: string | null;
}

const ORDERS: Readonly<Record<string, DateOrder>> = { mdy: "month_first", dmy: "day_first" };
/** Recorded as the person who enters what a command enters. */
export const BY = "the command line";
/** How often a long import reports its progress. */
const EVERY_MS = 2_000;

/** Imports files one after another; one that cannot be read does not stop the others. */
export async function runImport(
  context: CliContext,
  paths: readonly string[],
  flags: ImportFlags,
): Promise<(ImportResult | RefusedFile)[]> {
  const asked = askedIn(flags);
  const log = { warn: () => undefined, error: (_about: object, message: string) => note(message) };
  const { intake } = createDoor(context.database, {
    secret: context.secret,
    toleranceMs: null,
    now: Date.now,
    log,
    projector: new Projector(context.database, { now: Date.now, log }),
  });
  const done: (ImportResult | RefusedFile)[] = [];
  try {
    for (const path of paths) {
      const file = basename(path);
      try {
        const bytes = await bytesAt(path);
        const own = { database: context.database, intake, secret: context.secret, now: Date.now };
        const result = await importFile(
          own,
          bytes,
          { ...asked, file, actor: context.by },
          progressNotes(file),
        );
        const refusal = allRefused(result);
        done.push(refusal === null ? result : refused(file, refusal));
      } catch (error) {
        if (!(error instanceof NotUnderstood || error instanceof ReadBefore)) throw error;
        done.push(refused(file, error));
      }
    }
  } finally {
    await intake.drain();
  }
  return done;
}

const FLAGS: Record<NonNullable<Asking>, string> = {
  dates: "--dates mdy or --dates dmy",
  room: "--room NAME",
  day: "--day 2026-03-31",
  columns: "--columns COLUMN=name,COLUMN=joined",
};

function refused(file: string, error: NotUnderstood | ReadBefore): RefusedFile {
  if (error instanceof ReadBefore) {
    return { file, error: error.message, flag: `import undo ${error.before.id}` };
  }
  return { file, error: error.message, flag: error.asks && FLAGS[error.asks] };
}

/** 0 where every file was imported, 2 where the person at the keyboard can correct the mistake, else 1. */
export function importStatus(results: readonly (ImportResult | RefusedFile)[]): number {
  const failed = results.filter((result) => "error" in result);
  if (failed.length === 0) return 0;
  return failed.some(({ flag }) => flag !== null) ? 2 : 1;
}

function askedIn({
  format,
  zone = installationTimeZone(),
  dates,
  day,
  room,
  columns,
  dryRun,
}: ImportFlags) {
  const knownFormat = IMPORT_FORMATS.find((one) => one === format) ?? null;
  if (format !== undefined && knownFormat === null) {
    throw new CommandError(`--format must be one of ${IMPORT_FORMATS.join(", ")}.`);
  }
  if (!isTimeZone(zone))
    throw new CommandError("--zone must be a time zone such as Europe/Berlin.");
  const order = dates === undefined ? null : ORDERS[dates];
  if (order === undefined) throw new CommandError("--dates must be mdy or dmy.");
  if (day !== undefined && !isDay(day)) throw new CommandError("--day must be as 2026-03-31.");
  const named = room?.trim() || null;
  const chosen = columns === undefined ? null : columnsIn(columns);
  if (chosen instanceof BadColumns) throw new CommandError(`--columns: ${chosen.mistake}.`);
  const asked: { format: ImportFormat | null; dates: DateOrder | null } = {
    format: knownFormat,
    dates: order,
  };
  const read = { ...asked, zone, day: day ?? null, room: named, columns: chosen };
  return { ...read, dryRun: dryRun === true, by: BY };
}

/** A whole file. Throws `NotUnderstood` for one that is too large, without reading it. */
async function bytesAt(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > MOST_IMPORT_BYTES) throw new NotUnderstood(TOO_LARGE_TO_IMPORT);
    return await file.readFile();
  } catch (error) {
    if (error instanceof NotUnderstood) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw Object.assign(new NotUnderstood(`It cannot be opened: ${reason}.`), { cause: error });
  }
}

function progressNotes(file: string): (progress: { done: number; of: number }) => void {
  let notedAt = Date.now();
  return ({ done, of }) => {
    if (Date.now() - notedAt < EVERY_MS) return;
    notedAt = Date.now();
    note(`${file}: ${done} of ${of} lines`);
  };
}

/** The outcome of files, in words. */
export function importLines(results: readonly (ImportResult | RefusedFile)[]): string[] {
  return results.flatMap((result) => {
    if ("error" in result) {
      const help = result.flag === null ? "" : ` (${result.flag})`;
      return [`${result.file}: nothing taken. ${result.error}${help}`];
    }
    const { rows, format, zone, dry_run, read_otherwise } = result;
    const verb = dry_run ? "would be added" : "added";
    return [
      `${result.file}: ${format}, clocks of ${zone}.`,
      `  ${rows.new} of ${rows.read} lines ${verb}, ${rows.known} there already, ${rows.double} twice ` +
        `in the file, ${rows.refused} refused, ${rows.left_out} left out; ` +
        `${counted(result.meeting_count, "meeting", "meetings")}, ` +
        `${counted(result.people, "person", "people")}.`,
      ...(read_otherwise === null ? [] : [`  ${howItWasImported(read_otherwise)}`]),
      ...result.notes.map((note) => `  ${note}`),
      ...result.meetings.map(({ title, room, from, people }) => {
        return `  ${from}  ${title ?? room}, ${counted(people, "person", "people")}`;
      }),
      ...result.refused.map(({ line, reason }) => `  line ${line}, refused: ${reason}`),
      ...result.left_out.map(({ line, reason }) => `  line ${line}, left out: ${reason}`),
      ...result.remarks.map(({ line, remark, cell }) => {
        return `  line ${line}${cell === null ? "" : `, ${cell}`}: ${REMARK_WORDS[remark]}`;
      }),
    ];
  });
}

export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
