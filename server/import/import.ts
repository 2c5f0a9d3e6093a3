import { createHash } from "node:crypto";
import type { Database } from "#db/client.ts";
import { meetingsWithin } from "#db/reading/imported.ts";
import { closeImport, dropLines, keepLines, openImport } from "#db/recording/imports.ts";
import { holdersOf } from "#db/recording/replaying.ts";
import type { StoredSource } from "#db/sources.ts";
import type { Ms } from "#domain/event.ts";
import type { ImportedMeeting, ImportProgress, ImportResult } from "#domain/history/imports.ts";
import { toWireTime } from "#domain/wire.ts";
import { identityOf } from "#server/ingest/identity.ts";
import { rulesOf } from "#server/ingest/known-sources.ts";
import type { Door } from "#server/ingest/receive.ts";
import type { Arrival, Receipt } from "#server/ingest/record.ts";
import { DAY, type DateOrder } from "#server/providers/import/clock.ts";
import type { Format } from "#server/providers/import/columns.ts";
import { fileImport } from "#server/providers/import/import.ts";
import { fileNameOf } from "./file-name.ts";
import { type Asked, type Item, planned } from "./plan.ts";
import { importSource, importSourceId } from "./sources.ts";
import { Summary } from "./summary.ts";
import { type Survey, survey } from "./survey.ts";

/** One file, and what whoever sent it says of it. */
export interface ImportOrder extends Asked {
  format: Format | null;
  dates: DateOrder | null;
  dryRun: boolean;
  /** Who brings it. */
  by: string;
}

/** What an import works with. */
export interface ImportDesk {
  database: Database;
  /** Where webhooks come in too. */
  batcher: Door["batcher"];
  /** Key for secrets at rest. */
  secret: string;
  now: () => Ms;
}

const BATCH = 500;
const MOST_LISTED = 100;

/**
 * Imports one attendance file, or says what that would do. Every line is told, or why it is not; what is
 * kept already is not kept again. Throws `NotUnderstood`, and then nothing was kept.
 */
export async function importFile(
  desk: ImportDesk,
  bytes: Uint8Array,
  order: ImportOrder,
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<ImportResult> {
  const known = survey(bytes, order, desk.now());
  const result = emptyResult(order, known);
  const summary = new Summary();
  const importing = order.dryRun ? null : await beginImport(desk, bytes, order, known);
  const keep = importing === null ? wouldKeep(desk, known.format) : keeper(desk, importing);
  const seen = new Set<string>();
  let batch: Told[] = [];
  let done = 0;
  const flush = async () => {
    for (const outcome of await keep(batch)) result.rows[outcome] += 1;
    done += batch.length;
    batch = [];
    onProgress({ done: Math.min(done, known.rows), of: known.rows });
    // Others have their turn, also where nothing is written.
    await new Promise(setImmediate);
  };
  const future = desk.now() + DAY;
  for (const planning of planned(bytes, order, known)) {
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
  const told = {
    ...result,
    people: summary.people,
    ...(await meetingsOf(desk, known.format, summary)),
  };
  return { ...told, id: importing && (await endImport(desk, importing.id, told)) };
}

/** An import under way, and where its lines belong. */
interface Importing {
  id: string;
  source: StoredSource;
}

async function beginImport(
  { database, secret, now }: ImportDesk,
  bytes: Uint8Array,
  { file, zone, room, day, by }: ImportOrder,
  { format, dates }: Survey,
): Promise<Importing> {
  const source = await importSource(database.orm, format, secret);
  const digest = createHash("sha256")
    .update(JSON.stringify([format, file, zone, dates, room, day]))
    .update(bytes)
    .digest("hex");
  const given = { sourceId: source.id, file, timeZone: zone, dates, digest, by, at: now() };
  return { id: await openImport(database.orm, given), source };
}

/** The id of the import; `null` where nothing of the file was kept. */
async function endImport(
  { database }: ImportDesk,
  id: string,
  { rows, people, meeting_count }: ImportResult,
): Promise<string | null> {
  const told = { added: rows.new, meetings: meeting_count, people };
  return (await closeImport(database.orm, id, told)) ? id : null;
}

/** No report is of what has not happened: its dates, or its zone, were read wrongly. */
function refusedAsFuture(line: number): Item {
  return { kind: "refused", line, reason: "it lies in the future, as its date was read" };
}

function isAfter(item: Item, moment: Ms): boolean {
  return item.kind === "told" && item.reading.about.events.some(({ at }) => at > moment);
}

type Told = Extract<Item, { kind: "told" }>;
type Outcome = "new" | "known" | "erased";

/** Keeps lines, as the import's and as deliveries, and answers what became of each. */
function keeper(
  { database, batcher, now }: ImportDesk,
  { id, source }: Importing,
): (lines: readonly Told[]) => Promise<Outcome[]> {
  const rules = rulesOf(fileImport, source);
  const arrivalOf = ({ body, reading }: Told): Arrival => {
    const raw = Buffer.from(body);
    const delivery = {
      ...identityOf(fileImport, raw, reading),
      sourceId: source.id,
      receivedAt: now(),
      type: reading.type,
      reason: null,
      body: raw,
    };
    return { delivery, rules, about: reading.about };
  };
  return async (lines) => {
    const arrivals = lines.map(arrivalOf);
    // First, so that whoever takes back what was told already knows that this file tells it too.
    await keepLines(
      database.orm,
      arrivals.map(({ delivery: { key, body }, about }) => {
        const line = { importId: id, sourceId: source.id, key, room: about?.room ?? "" };
        return { ...line, body: Buffer.from(body) };
      }),
    );
    const receipts = await Promise.all(arrivals.map((arrival) => batcher.add(arrival)));
    const erased = arrivals.filter((_, index) => isErased(receipts[index]));
    if (erased.length > 0) {
      const keys = erased.map(({ delivery }) => delivery.key);
      await database.transaction((tx) => dropLines(tx, id, keys));
    }
    return receipts.map((receipt) => {
      if (receipt === "recorded") return "new";
      return receipt === "repeated" ? "known" : "erased";
    });
  };
}

function isErased(receipt: Receipt | undefined): boolean {
  return receipt !== "recorded" && receipt !== "repeated";
}

/** Keeps nothing, and answers what would become of each line. */
function wouldKeep(
  { database }: ImportDesk,
  format: Format,
): (lines: readonly Told[]) => Promise<Outcome[]> {
  const sourceId = importSourceId(format);
  return async (lines) => {
    const names = lines.map(({ body, reading }) => {
      const { key, occurrence } = identityOf(fileImport, Buffer.from(body), reading);
      return { id: 0, sourceId, key, occurrence };
    });
    const holders = await database.transaction((tx) => holdersOf(tx, names));
    const held = new Set(holders.flatMap(({ key, occurrence }) => [key, occurrence]));
    return names.map(({ key, occurrence }) =>
      held.has(key) || held.has(occurrence) ? "known" : "new",
    );
  };
}

function emptyResult(order: ImportOrder, { format, dates, datesFrom }: Survey): ImportResult {
  return {
    id: null,
    dry_run: order.dryRun,
    file: order.file,
    format,
    zone: order.zone,
    dates: { order: dates, from: datesFrom },
    room_from: "file",
    rows: { read: 0, new: 0, known: 0, double: 0, refused: 0, skipped: 0, erased: 0 },
    people: 0,
    meeting_count: 0,
    meetings: [],
    refused: [],
    remarks: [],
    remark_counts: { skipped: 0, twice: 0, inferred_end: 0, was_there_before: 0 },
  };
}

function note(result: ImportResult, item: Item): void {
  const { line } = item;
  switch (item.kind) {
    case "told":
      result.rows.read += 1;
      if (!item.isRoomSaid) result.room_from = roomFrom(result, item.reading.about.room);
      for (const remark of item.remarks) {
        result.remark_counts[remark] += 1;
        if (result.remarks.length < MOST_LISTED) result.remarks.push({ line, remark });
      }
      break;
    case "refused":
      result.rows.refused += 1;
      if (result.refused.length < MOST_LISTED) result.refused.push({ line, reason: item.reason });
      break;
    case "skipped":
      result.rows.skipped += 1;
      break;
    default:
      item satisfies never;
  }
}

function roomFrom({ file }: ImportResult, room: string): ImportResult["room_from"] {
  return fileNameOf(file).room === room ? "file_name" : "operator";
}

/** The meetings a file tells of, with where they are. */
async function meetingsOf(
  { database, now }: ImportDesk,
  format: Format,
  summary: Summary,
): Promise<Pick<ImportResult, "meetings" | "meeting_count">> {
  const told = summary.meetings(now());
  const listed = told.slice(0, MOST_LISTED);
  const there = await meetingsWithin(database.orm, importSourceId(format), listed);
  const meetings = listed.map(({ room, title, from, to, people }): ImportedMeeting => {
    const own = there.find((one) => one.room === room && one.firstAt <= to && one.tipAt >= from);
    const id = own?.id ?? null;
    return { id, room, title, from: toWireTime(from), to: toWireTime(to), people };
  });
  return { meetings, meeting_count: told.length };
}
