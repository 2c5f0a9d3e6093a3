import { ApiFailure, failureIn, parserOf } from "#components/api/api.ts";
import {
  type ImportProgress,
  type ImportResult,
  MOST_IMPORT_BYTES,
  TOO_LARGE_TO_IMPORT,
} from "#domain/sources/imports/imports.ts";

/** How files are to be read, as chosen in the form; empty where nothing is chosen. */
export interface ImportSettings {
  tz: string;
  dates: "" | "month_first" | "day_first";
  day: string;
  room: string;
}

/** The settings of one file alone, as the operator answered its questions. */
export interface OwnSettings {
  dates?: ImportSettings["dates"];
  room?: string;
  /** The meaning of its columns, as the API takes it. */
  columns?: string;
}

/** One line of the answer: each but the last reports progress. */
const answerLine = async () => (await import("#server/sources/imports/schema.ts")).importUnderWay;

/** Sends one file, for a preview or for the import. Throws `ApiFailure` with the reason where it is refused. */
export async function sendFile(
  file: File,
  order: ImportSettings & OwnSettings & { by: string; dry_run: string },
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<ImportResult> {
  if (file.size > MOST_IMPORT_BYTES) throw new ApiFailure(TOO_LARGE_TO_IMPORT, { status: 413 });
  const query = new URLSearchParams({ file: file.name });
  for (const [name, value] of Object.entries(order)) if (value !== "") query.set(name, value);
  const parse = parserOf(answerLine);
  const response = await reach(`/api/v1/imports?${query}`, {
    method: "POST",
    body: file,
    headers: { accept: "application/x-ndjson", "content-type": "application/octet-stream" },
    signal,
  });
  let result: ImportResult | null = null;
  for await (const line of linesIn(response)) {
    if (isRefusal(line)) throw failureIn(line, response.status);
    const read = (await parse)(line, response.status);
    if ("progress" in read) onProgress(read.progress);
    else result = read.result;
  }
  if (result === null) throw new ApiFailure(CUT, { status: 0 });
  return result;
}

function isRefusal(line: unknown): boolean {
  return typeof line === "object" && line !== null && "error" in line;
}

const CUT =
  "The server stopped answering. Send the file again: what is there already is not added twice.";

async function* linesIn(response: Response): AsyncGenerator<unknown> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + value).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield JSON.parse(line);
    }
    if (rest !== "") yield JSON.parse(rest);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiFailure(CUT, { status: 0, cause });
  }
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiFailure("The server cannot be reached at the moment.", { status: 0, cause });
  }
}
