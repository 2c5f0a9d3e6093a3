import { pausing } from "./pause.ts";
import { NotUnderstood } from "./refusal.ts";

/** Bytes that are decoded at once. */
const PIECE = 262_144;
/** A line of a report has some two hundred characters. */
const LONGEST_LINE = 65_536;
/** A cell in quotes may run over this many lines. */
const MOST_LINES_OF_A_RECORD = 8;
const SAMPLE = 4_096;

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** One record of a file: a line, or more where a cell in quotes goes on; `broken` says why it cannot be read. */
export interface TextRecord {
  line: number;
  text: string;
  broken: string | null;
}

/** The records of a file, each decoded only when it is asked for. Throws `NotUnderstood` for what is no text. */
export function* recordsOf(bytes: Uint8Array, encoding: Encoding): Generator<TextRecord> {
  const ahead: { line: number; text: string }[] = [];
  const lines = linesOf(bytes, encoding);
  const more = (): boolean => {
    const next = lines.next();
    if (!next.done) ahead.push(next.value);
    return !next.done;
  };
  while (ahead.length > 0 || more()) {
    const [first] = ahead;
    if (first === undefined) return;
    let text = first.text;
    let count = 1;
    let isOpen = isOpenAt(text, false);
    while (isOpen && count < MOST_LINES_OF_A_RECORD && (count < ahead.length || more())) {
      const next = ahead[count]?.text ?? "";
      text += `\n${next}`;
      isOpen = isOpenAt(next, true);
      count += 1;
    }
    // A quotation mark that is never closed must not swallow the lines after it.
    ahead.splice(0, isOpen ? 1 : count);
    const own = isOpen ? first.text : text;
    yield {
      line: first.line,
      text: own,
      broken: isOpen ? UNCLOSED : own.includes("\0") ? ZERO : null,
    };
  }
}

const UNCLOSED = "a quotation mark is never closed";
const ZERO = "there is a character in it that no text has (NUL)";

const OPENING = /[,;\t|]/;

/** Whether a cell in quotes goes on at the end of a line. */
function isOpenAt(line: string, isOpen: boolean): boolean {
  let open = isOpen;
  let mark = line.indexOf('"');
  while (mark !== -1) {
    if (open) {
      if (line[mark + 1] === '"') mark += 1;
      else open = false;
    } else if (mark === 0 || OPENING.test(line[mark - 1] ?? "")) {
      open = true;
    }
    mark = line.indexOf('"', mark + 1);
  }
  return open;
}

function* linesOf(
  bytes: Uint8Array,
  encoding: Encoding,
): Generator<{ line: number; text: string }> {
  let rest = "";
  let line = 0;
  for (const piece of piecesOf(bytes, encoding)) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const text of lines) {
      line += 1;
      yield { line, text: bounded(text, line) };
    }
    bounded(rest, line + 1);
  }
  const last = rest.replace(/\r$/, "");
  if (last !== "") yield { line: line + 1, text: bounded(last, line + 1) };
}

function bounded(text: string, line: number): string {
  if (text.length <= LONGEST_LINE) return text;
  throw new NotUnderstood(
    `Line ${line} is longer than ${LONGEST_LINE} characters: this is no attendance file.`,
  );
}

function* piecesOf(bytes: Uint8Array, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding);
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
    if (piece.includes("\0") && isBinary(piece)) throw new NotUnderstood(BINARY);
    yield piece;
  }
  yield decoder.decode();
}

/** A few zeros are a mistake in a line; many mean that it is no text. */
function isBinary(piece: string): boolean {
  return piece.split("\0").length - 1 > Math.max(FEW, piece.length / 100);
}

const FEW = 16;
const BINARY = "This is no text: save the report as CSV, and send that.";

/**
 * How a file is written: UTF-8 and UTF-16 with or without a mark, else what Excel calls ANSI. Throws
 * `NotUnderstood` for what is no text.
 */
export async function encodingOf(bytes: Uint8Array): Promise<Encoding> {
  const [a, b, c, d] = bytes;
  if (bytes.length === 0) throw new NotUnderstood("The file is empty.");
  if (a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04) {
    throw new NotUnderstood("This is a workbook or an archive: save the report as CSV.");
  }
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, SAMPLE);
  const unmarked = wideIn(sample);
  if (unmarked !== null) return unmarked;
  const strange = sample.filter((byte) => byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13);
  const zeros = strange.filter((byte) => byte === 0).length;
  if (strange.length > zeros || zeros > Math.min(FEW, sample.length / 20)) {
    throw new NotUnderstood(BINARY);
  }
  return (await isUtf8(bytes)) ? "utf-8" : "windows-1252";
}

/** UTF-16 without a mark: every other byte of a text in Latin letters is zero. */
function wideIn(sample: Uint8Array): Encoding | null {
  let [even, odd] = [0, 0];
  for (const [index, byte] of sample.entries()) {
    if (byte === 0 && index % 2 === 0) even += 1;
    if (byte === 0 && index % 2 === 1) odd += 1;
  }
  const many = sample.length / 4;
  if (odd > many && even === 0) return "utf-16le";
  return even > many && odd === 0 ? "utf-16be" : null;
}

async function isUtf8(bytes: Uint8Array): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const at of pausing(startsOf(bytes))) {
      decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function* startsOf({ length }: Uint8Array): Generator<number> {
  for (let at = 0; at < length; at += PIECE) yield at;
}
