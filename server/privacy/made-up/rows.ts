/* Rows in the text form of COPY, as a snapshot gives them and a backup keeps them. */

/** The values of a row, as PostgreSQL writes them; `null` where there is none. */
export type WrittenRow = Record<string, string | null>;

const MEANT: Readonly<Record<string, string>> = {
  ...{ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "\\": "\\" },
};
const WRITTEN = new Map(Object.entries(MEANT).map(([sign, meant]) => [meant, `\\${sign}`]));

/** Reads rows from chunks of any length. */
export async function* rowsIn(
  chunks: AsyncIterable<Uint8Array>,
  columns: readonly string[],
): AsyncGenerator<WrittenRow> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield rowOf(line, columns);
  }
}

function rowOf(line: string, columns: readonly string[]): WrittenRow {
  const values = line.split("\t");
  return Object.fromEntries(columns.map((name, index) => [name, meantBy(values[index] ?? "\\N")]));
}

function meantBy(value: string): string | null {
  if (value === "\\N") return null;
  if (!value.includes("\\")) return value;
  return value.replace(/\\(.)/g, (_, sign: string) => MEANT[sign] ?? sign);
}

/** A row as a line. */
export function lineOf(row: WrittenRow, columns: readonly string[]): Uint8Array {
  const values = columns.map((name) => {
    const value = row[name] ?? null;
    return value === null
      ? "\\N"
      : value.replace(/[\b\f\n\r\t\v\\]/g, (sign) => WRITTEN.get(sign) ?? sign);
  });
  return Buffer.from(`${values.join("\t")}\n`);
}
