import { createHash } from "node:crypto";
import { meetingsWithin } from "#db/sources/imports/imported.ts";
import { importedDifferently } from "#db/sources/imports/reading-imports.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import type {
  ImportedDifferently,
  ImportedMeeting,
  ImportProgress,
  ImportResult,
} from "#domain/sources/imports/imports.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { DAY, type DateOrder } from "#server/providers/import/clock.ts";
import type { ImportFormat } from "#server/providers/import/languages/roles.ts";
import { type ChosenColumns, chosenColumnsOf, remember } from "./columns-said.ts";
import type { Item, ProjectedItem } from "./item.ts";
import {
  beginImport,
  endImport,
  type ImportContext,
  type Keep,
  keeper,
  wouldKeep,
} from "./keeping.ts";
import { pausing } from "./pause.ts";
import { type ImportQuestion, planned } from "./plan.ts";
import { ReadBefore } from "./refusal.ts";
import { emptyResult, MOST_LISTED, note, notesOf } from "./result.ts";
import { importSourceId } from "./sources.ts";
import { ImportSummary } from "./summary.ts";
import { type Survey, survey } from "./survey.ts";
import { saidOf } from "./table.ts";

/** One file, and what the sender states about it. */
export interface ImportOrder extends ImportQuestion {
  format: ImportFormat | null;
  dates: DateOrder | null;
  /** The meanings of columns, by their names, where the file does not show them. */
  columns?: ChosenColumns | null;
  dryRun: boolean;
  /** Name of the person who imports it. */
  by: string;
  /** Who is noted in the audit log. */
  actor: AuditActor;
}

const BATCH = 500;

/**
 * Imports one attendance file, or with `dryRun` reports what that would do. Each line becomes events, or the
 * result says why not; lines stored before are not stored again. Throws `NotUnderstood` or `ReadBefore`, and
 * then nothing was stored.
 */
export async function importFile(
  context: ImportContext,
  bytes: Uint8Array,
  order: ImportOrder,
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<ImportResult> {
  const { database, now } = context;
  const columns = order.columns ?? null;
  const chosen = await chosenColumnsOf(database.orm, columns);
  const fileSurvey = await survey(bytes, { ...order, said: chosen }, now());
  const readThrough = (keep: Keep) =>
    importLines(context, bytes, order, fileSurvey, { keep, onProgress });
  const digests = await digestsOf(bytes, order, fileSurvey);
  const before = await importedOtherwise(context, digests);
  if (order.dryRun || before !== null) {
    const seen = await readThrough(wouldKeep(context, fileSurvey.format));
    // Read in two ways, one file would record its meetings twice.
    if (before !== null && seen.rows.new > 0) throw new ReadBefore(before);
    if (order.dryRun) return { ...seen, read_otherwise: before };
  }
  const importing = await beginImport(context, { ...order, ...digests }, fileSurvey);
  const done = await readThrough(keeper(context, importing));
  const id = await endImport(context, importing.id, order, done);
  const tables = fileSurvey.tables.map(({ table }) => table);
  if (id !== null) await remember(database.orm, { columns, tables, by: order.by, at: now() });
  return { ...done, read_otherwise: before, id };
}

/** Reads the lines of a file, pausing for other work, and gives them to `keep` in batches. */
async function importLines(
  context: ImportContext,
  bytes: Uint8Array,
  order: ImportOrder,
  fileSurvey: Survey,
  { keep, onProgress }: { keep: Keep; onProgress: (progress: ImportProgress) => void },
): Promise<ImportResult> {
  const result = emptyResult(order, fileSurvey);
  const summary = new ImportSummary();
  const seen = new Set<string>();
  let batch: ProjectedItem[] = [];
  let done = 0;
  const flush = async () => {
    for (const outcome of await keep(batch)) result.rows[outcome] += 1;
    done += batch.length;
    batch = [];
    onProgress({ done: Math.min(done, fileSurvey.rows), of: fileSurvey.rows });
  };
  const future = context.now() + DAY;
  for await (const planning of pausing(planned(bytes, order, fileSurvey))) {
    const item = isAfter(planning, future) ? refusedAsFuture(planning.line) : planning;
    note(result, item);
    if (item.kind !== "told") continue;
    summary.add(item.reading.about);
    if (seen.has(item.reading.id)) result.rows.double += 1;
    else batch.push(item);
    seen.add(item.reading.id);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  const meetings = await meetingsOf(context, fileSurvey.format, summary);
  const complete = { ...result, people: summary.people, ...meetings };
  return { ...complete, notes: notesOf(complete, fileSurvey) };
}

/** Two hashes of a file: `digest` with the way it is read, `content` of its bytes alone. */
async function digestsOf(
  bytes: Uint8Array,
  { file, zone, room, day }: ImportOrder,
  { format, dates, hints, tables }: Survey,
): Promise<{ digest: string; content: string }> {
  const chosen = tables.flatMap(({ table: { columns } }) =>
    saidOf(columns, hints.said).flatMap((meaning, at) => (meaning ? [[columns[at], meaning]] : [])),
  );
  const read = [format, file, zone, dates.order, room, day, ...(chosen.length > 0 ? [chosen] : [])];
  const [digest, content] = [createHash("sha256"), createHash("sha256")];
  digest.update(JSON.stringify(read));
  for await (const piece of pausing(piecesOf(bytes))) {
    digest.update(piece);
    content.update(piece);
  }
  return { digest: digest.digest("hex"), content: content.digest("hex") };
}

const PIECE = 1_048_576;

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

async function importedOtherwise(
  { database }: ImportContext,
  digests: { digest: string; content: string },
): Promise<ImportedDifferently | null> {
  const earlier = await importedDifferently(database.orm, digests);
  if (earlier === null) return null;
  const { id, file, timeZone, dates, room, by, at } = earlier;
  return { id, file, zone: timeZone, dates, room, by, at: toWireTime(at) };
}

/** A report cannot be about the future: its dates, or its zone, were read wrongly. */
function refusedAsFuture(line: number): Item {
  return { kind: "refused", line, reason: "it lies in the future, as its date was read" };
}

function isAfter(item: Item, moment: Ms): boolean {
  return item.kind === "told" && item.reading.about.events.some(({ at }) => at > moment);
}

/** The meetings of a file, with the ids of those that are stored. */
async function meetingsOf(
  { database }: ImportContext,
  format: ImportFormat,
  summary: ImportSummary,
): Promise<Pick<ImportResult, "meetings" | "meeting_count">> {
  const all = summary.meetings();
  const listed = all.slice(0, MOST_LISTED);
  const stored = await meetingsWithin(database.orm, importSourceId(format), listed);
  const meetings = listed.map(({ room, title, from, to, people }): ImportedMeeting => {
    const own = stored.find((one) => one.room === room && one.firstAt <= to && one.tipAt >= from);
    const id = own?.id ?? null;
    return { id, room, title, from: toWireTime(from), to: toWireTime(to), people };
  });
  return { meetings, meeting_count: all.length };
}
