import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { importById } from "#db/sources/imports/reading-imports.ts";
import type { ImportRow, ImportsPage, ImportUndone } from "#domain/sources/imports/imports.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { operatorName } from "#server/http/operator.ts";
import { oneOf } from "#server/http/query.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import { viewerZone } from "#server/http/viewer.ts";
import { LinesDropped } from "./inherited-lines.ts";
import { imports } from "./list.ts";
import type * as answers from "./schema.ts";
import { previewUndo, undoImport } from "./take-back.ts";

export const undoImportShape = z.object({ by: operatorName });
const ROWS = 20;

/** Imports of the list as JSON. */
export function importsJson(rows: readonly ImportRow[]): RowsOf<typeof answers.imports> {
  return { results: rows.map(importJson) };
}

/** The list on the page of imports. A parameter that cannot be read counts as absent. */
export async function readImportsPage(params: URLSearchParams): Promise<ImportsPage> {
  const page = imports.onPage("/import", params, Date.now());
  const { rows, next, previous } = await page.read(database().orm, ROWS);
  return { rows, next, previous, timeZone: viewerZone() };
}

/** `GET /api/v1/imports/{id}`: one import, with what undoing it would remove. */
export async function getImport(id: string): Promise<Response> {
  const row = await importById(database().orm, id);
  if (row === null) throw notFound("import");
  const would_take_back = row.undoneAt === null ? await previewOrNull(id) : null;
  const answer: AnswerOf<typeof answers.importWithPreview> = {
    ...importJson(row),
    would_take_back,
  };
  return Response.json(answer);
}

/** `DELETE /api/v1/imports/{id}`: undoes it, or with `dry_run=true` reports what that would remove. */
export async function deleteImport(
  request: Request,
  url: URL,
  id: string,
  asking: Requester,
): Promise<Response> {
  const isDry = oneOf(url, "dry_run", ["true", "false"]) === "true";
  const { by } = await bodyOf(request, undoImportShape, badImport);
  const who = actorOf(asking, by);
  const row = isUuid(id) ? await importById(database().orm, id) : null;
  if (row === null) throw notFound("import");
  if (isDry && row.undoneAt === null) {
    const undone = await orConflict(previewUndo(database(), id));
    return undoneAnswer({ import: id, dry_run: true, ...undone });
  }
  const undone = isDry
    ? null
    : await orConflict(
        undoImport(database(), { id, file: row.file, by: who.label, actor: who, at: Date.now() }),
      );
  if (undone === null) throw notFound("import that stands");
  return undoneAnswer({ import: id, dry_run: false, by: who.label, ...undone });
}

function undoneAnswer(undone: AnswerOf<typeof answers.importUndone>): Response {
  return Response.json(undone);
}

/** `null` where it cannot be undone any more. */
async function previewOrNull(id: string): Promise<ImportUndone | null> {
  try {
    return await previewUndo(database(), id);
  } catch (error) {
    if (error instanceof LinesDropped) return null;
    throw error;
  }
}

async function orConflict<T>(undoing: Promise<T>): Promise<T> {
  try {
    return await undoing;
  } catch (error) {
    if (!(error instanceof LinesDropped)) throw error;
    throw Object.assign(new ApiError(409, "deliveries_dropped", error.message), { cause: error });
  }
}

function badImport(why: string): ApiError {
  return new ApiError(400, "bad_import", `Send {"by": name}, or nothing: ${why}.`);
}

/** An import as the API answers it. */
export function importJson({
  source,
  undoneAt,
  ...row
}: ImportRow): AnswerOf<typeof answers.imported> {
  return {
    id: row.id,
    file: row.file,
    source,
    tz: row.timeZone,
    dates: row.dates,
    lines_count: row.lines,
    added_count: row.added,
    meetings_count: row.meetings,
    people_count: row.people,
    by: row.by,
    imported_at: toWireTime(row.at),
    taken_back: undoneAt === null ? null : { by: row.undoneBy, at: toWireTime(undoneAt) },
  };
}
