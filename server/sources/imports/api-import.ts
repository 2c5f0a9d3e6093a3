import { database } from "#db/connection/client.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import {
  type ImportProgress,
  type ImportResult,
  MOST_IMPORT_BYTES,
  TOO_LARGE_TO_IMPORT,
} from "#domain/sources/imports/imports.ts";
import { isDay } from "#domain/time/period.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, isOurs, jsonErrorOf } from "#server/http/answer.ts";
import { createBodyMemory } from "#server/http/body-memory.ts";
import { isKeepable } from "#server/http/json-body.ts";
import { BodyTooLarge, readBody } from "#server/http/request-body.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { webhookDoor } from "#server/process.ts";
import { IMPORT_FORMATS } from "#server/providers/import/languages/roles.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { BadColumns, type ChosenColumns, columnsIn } from "./columns-said.ts";
import { type ImportOrder, importFile } from "./import.ts";
import { NotUnderstood, ReadBefore } from "./refusal.ts";
import { allRefused } from "./result.ts";
import type { importResult } from "./schema.ts";

/** The most bytes that a form adds to its file. */
const FORM_BYTES = 65_536;
/** A file may come over a slow connection, and several at once. */
const FILE = {
  most: MOST_IMPORT_BYTES + FORM_BYTES,
  withinMs: 300_000,
  among: createBodyMemory(4 * MOST_IMPORT_BYTES),
  heardOut: 4 * MOST_IMPORT_BYTES,
};
const STREAM = "application/x-ndjson";

/**
 * `POST /api/v1/imports`: an attendance file as the body, or as `file` of a form, is added to the history.
 * A client that accepts `application/x-ndjson` gets the progress, a line each, and the result in the last.
 */
export async function postImport(request: Request, url: URL, asking: Requester): Promise<Response> {
  const { bytes, fields } = await sentIn(request, url.searchParams);
  for (const [name, text] of fields) {
    if (!isKeepable(text)) throw badImport(`${name} has characters that cannot be kept`);
  }
  const order = orderIn(
    actorOf(asking, fields.get("by")?.trim().slice(0, BY_LENGTH).toWellFormed()),
    fields,
  );
  const { env } = processContext();
  const run = async (onProgress?: (progress: ImportProgress) => void): Promise<ImportResult> => {
    const { intake } = webhookDoor();
    const context = { database: database(), intake, secret: env.secret, now: Date.now };
    const result = await importFile(context, bytes, order, onProgress);
    const refusal = allRefused(result);
    if (refusal !== null) throw refusal;
    return result;
  };
  if (request.headers.get("accept")?.includes(STREAM)) return streamed(run);
  try {
    const result: AnswerOf<typeof importResult> = await run();
    return Response.json(result, { status: order.dryRun ? 200 : 201 });
  } catch (error) {
    throw refusalOf(error);
  }
}

/** The named fields of the query and the form, and the file in the form or the body. */
async function sentIn(
  request: Request,
  query: URLSearchParams,
): Promise<{ bytes: Uint8Array; fields: Map<string, string> }> {
  const fields = new Map(query);
  const raw = await bodyOf(request);
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("multipart/form-data")) return { bytes: raw, fields };
  const form = await formIn(raw, type);
  let bytes: Uint8Array | null = null;
  for (const [name, value] of form) {
    if (typeof value === "string") {
      fields.set(name, value);
    } else if (name === "file" && bytes === null) {
      bytes = await value.bytes();
      if (!fields.has("file")) fields.set("file", value.name);
    }
  }
  if (bytes === null) throw badImport("the form has no file named “file”");
  return { bytes, fields };
}

async function bodyOf(request: Request): Promise<Uint8Array> {
  try {
    return await readBody(request, FILE);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    throw Object.assign(new ApiError(413, "body_too_large", TOO_LARGE_TO_IMPORT), { cause: error });
  }
}

async function formIn(raw: Uint8Array, type: string): Promise<FormData> {
  try {
    return await new Response(Buffer.from(raw), { headers: { "content-type": type } }).formData();
  } catch (cause) {
    throw Object.assign(badImport("the form cannot be read"), { cause });
  }
}

export const ORDERS = ["month_first", "day_first"] as const;
const NAME_LENGTH = 200;
const BY_LENGTH = 100;

function orderIn(actor: AuditActor, fields: ReadonlyMap<string, string>): ImportOrder {
  const text = (name: string) => fields.get(name)?.trim() || null;
  const named = text("format");
  const format = IMPORT_FORMATS.find((one) => one === named) ?? null;
  if (named !== null && format === null) throw badImport("format is zoom, teams or meet");
  const zone = text("tz") ?? installationTimeZone();
  if (!isTimeZone(zone)) throw badImport("tz is no time zone such as Europe/Berlin");
  const written = text("dates");
  const dates = ORDERS.find((one) => one === written) ?? null;
  if (written !== null && dates === null) throw badImport("dates is month_first or day_first");
  const day = text("day");
  if (day !== null && !isDay(day)) throw badImport("day is no date such as 2026-03-31");
  const room = text("room")?.slice(0, NAME_LENGTH).toWellFormed() ?? null;
  const file = (text("file") ?? "attendance.csv").slice(-NAME_LENGTH).toWellFormed();
  const dry = text("dry_run");
  if (dry !== null && dry !== "true" && dry !== "false")
    throw badImport("dry_run is true or false");
  const columns = columnsOf(text("columns"));
  return {
    file,
    format,
    zone,
    dates,
    day,
    room,
    columns,
    dryRun: dry === "true",
    by: actor.label,
    actor,
  };
}

function columnsOf(written: string | null): ChosenColumns | null {
  const chosen = written === null ? null : columnsIn(written);
  if (chosen instanceof BadColumns) throw badImport(chosen.mistake);
  return chosen;
}

function badImport(why: string): ApiError {
  return new ApiError(400, "bad_import", `Send an attendance file: ${why}.`);
}

function refusalOf(error: unknown): unknown {
  if (error instanceof ReadBefore) {
    const details = [{ field: "file", message: error.message, ...error.before }];
    return new ApiError(409, "read_otherwise", error.message, { cause: error, details });
  }
  if (!(error instanceof NotUnderstood)) return error;
  const details = error.details.length === 0 ? null : error.details;
  return new ApiError(422, "not_understood", error.message, { cause: error, details });
}

/** The status is sent when the stream begins, so a later error is the last line of the stream. */
function streamed(
  run: (onProgress: (progress: ImportProgress) => void) => Promise<ImportResult>,
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      let isWatched = true;
      const push = (value: object) => {
        if (!isWatched) return;
        try {
          controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
        } catch {
          // The client has gone; the import goes on.
          isWatched = false;
        }
      };
      try {
        push({ result: await run((progress) => push({ progress })) });
      } catch (error) {
        const answer = jsonErrorOf(refusalOf(error));
        if (isOurs(answer)) processContext().log.error({ err: error }, "import failed");
        const { code, message, details } = answer;
        push({ error: { code, message, ...(details && { details }) } });
      }
      if (isWatched) controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": STREAM, "cache-control": "no-store" } });
}
