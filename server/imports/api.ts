import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { type ImportCursor, importById, listImports } from "#db/imports/reading-imports.ts";
import type { ImportRow, ImportsPage, ImportUndone } from "#domain/imports/imports.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import type { Caller } from "#server/gate/caller.ts";
import { pathOf } from "#server/http/address.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { AskedParams } from "#server/http/asked.ts";
import { cursorIn, limitIn, page } from "#server/http/cursor.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { cursorAsked } from "#server/http/narrowing.ts";
import { operatorName, signed } from "#server/http/operator.ts";
import { oneOf } from "#server/http/query.ts";
import { viewerZone } from "#server/http/viewer.ts";
import { LinesDropped } from "./inherited-lines.ts";
import { previewUndo, undoImport } from "./take-back.ts";

const taken = z.object({ by: operatorName });
const ROWS = 20;

/** `GET /api/v1/imports`: every file that was imported, the newest first. */
export async function getImports(url: URL): Promise<Response> {
  const limit = limitIn(url);
  const { rows, next, previous } = await found(url, placeIn(url), limit);
  return Response.json({ next, previous, results: rows.map(importJson) });
}

/** The list on the page of imports; what cannot be read in an address is as if it were not there. */
export async function readImportsPage(params: URLSearchParams): Promise<ImportsPage> {
  const url = new URL(`/import?${params}`, "http://page");
  const { rows, next, previous } = await found(
    url,
    cursorAsked(AskedParams.of(params), () => placeIn(url)),
    ROWS,
  );
  return {
    rows,
    next: next && pathOf(next),
    previous: previous && pathOf(previous),
    timeZone: viewerZone(),
  };
}

async function found(url: URL, place: ImportCursor | null, limit: number) {
  const rows = await listImports(database().orm, place, limit + 1);
  const cursor = place && { direction: place.direction, key: keyOf(place) };
  return page(url, rows, limit, cursor, keyOf);
}

/** `GET /api/v1/imports/{id}`: one of them, with what taking it back would take away. */
export async function getImport(id: string): Promise<Response> {
  const known = await importById(database().orm, id);
  if (known === null) throw notFound("import");
  const would_take_back = known.undoneAt === null ? await wouldTake(id) : null;
  return Response.json({ ...importJson(known), would_take_back });
}

/** `DELETE /api/v1/imports/{id}`: takes it back, or with `dry_run=true` says what that would take away. */
export async function deleteImport(
  request: Request,
  url: URL,
  id: string,
  caller: Caller,
): Promise<Response> {
  const isDry = oneOf(url, "dry_run", ["true", "false"]) === "true";
  const { by } = await bodyOf(request, taken, badImport);
  const who = signed(caller, by);
  const known = isUuid(id) ? await importById(database().orm, id) : null;
  if (known === null) throw notFound("import");
  if (isDry && known.undoneAt === null) {
    const undone = await kept(previewUndo(database(), id));
    return Response.json({ import: id, dry_run: true, ...undone });
  }
  const undone = isDry ? null : await kept(undoImport(database(), { id, by: who, at: Date.now() }));
  if (undone === null) throw notFound("import that stands");
  return Response.json({ import: id, dry_run: false, by: who, ...undone });
}

/** `null` where it cannot be taken back any more. */
async function wouldTake(id: string): Promise<ImportUndone | null> {
  try {
    return await previewUndo(database(), id);
  } catch (error) {
    if (error instanceof LinesDropped) return null;
    throw error;
  }
}

async function kept<T>(taken: Promise<T>): Promise<T> {
  try {
    return await taken;
  } catch (error) {
    if (!(error instanceof LinesDropped)) throw error;
    throw Object.assign(new ApiError(409, "deliveries_dropped", error.message), { cause: error });
  }
}

function badImport(why: string): ApiError {
  return new ApiError(400, "bad_import", `Send {"by": name}, or nothing: ${why}.`);
}

/** An import as the contract has it. */
export function importJson({ source, undoneAt, ...kept }: ImportRow) {
  return {
    id: kept.id,
    file: kept.file,
    source,
    tz: kept.timeZone,
    dates: kept.dates,
    lines_count: kept.lines,
    added_count: kept.added,
    meetings_count: kept.meetings,
    people_count: kept.people,
    by: kept.by,
    imported_at: toWireTime(kept.at),
    taken_back: undoneAt === null ? null : { by: kept.undoneBy, at: toWireTime(undoneAt) },
  };
}

function keyOf({ at, id }: { at: number; id: string }): [number, string] {
  return [at, id];
}

function placeIn(url: URL): ImportCursor | null {
  const cursor = cursorIn(url);
  if (cursor === null) return null;
  const [at, id] = cursor.key;
  if (typeof at !== "number" || typeof id !== "string" || !isUuid(id)) {
    throw new ApiError(400, "bad_cursor", "cursor is not one this list gave out.");
  }
  return { direction: cursor.direction, at, id };
}
