import { parseCsv } from "hucre/csv";

/** The delimiters of cells, likelier ones first. */
export const DELIMITERS = ["\t", ";", "|", ","] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The rows of a table (RFC 4180), each with the line in which it begins. */
export function* rowsOf(
  text: string,
  delimiter: string,
  firstLine: number,
): Generator<{ line: number; cells: string[] }> {
  let line = firstLine;
  for (const row of parseCsv(text, { delimiter, skipEmptyRows: false })) {
    const cells = row.map((cell) => (cell === null || cell === undefined ? "" : String(cell)));
    yield { line, cells };
    line += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
  }
}

/** Splits a line into trimmed cells at any of the delimiters that is outside of quotes. */
export function cellsOf(line: string, delimiters: readonly string[]): string[] {
  const cells: string[] = [];
  let [cell, isBlank, isQuoted] = ["", true, false];
  // A quote that is never closed is an ordinary character.
  const lastQuote = line.lastIndexOf('"');
  for (const [index, char] of line.split("").entries()) {
    if (char === '"' && (isQuoted || (isBlank && index < lastQuote))) {
      isQuoted = !isQuoted;
      isBlank = false;
      cell += char;
    } else if (!isQuoted && delimiters.includes(char)) {
      cells.push(cell);
      [cell, isBlank] = ["", true];
    } else {
      isBlank &&= char.trim() === "";
      cell += char;
    }
  }
  cells.push(cell);
  return cells.map((one) => {
    const text = one.trim();
    return /^"[^"]*"$/.test(text) ? text.slice(1, -1).trim() : text;
  });
}
