/** The text of a file, or why there is none. */
export type FileText = { text: string } | { why: string };

export const TOO_LARGE: FileText = { why: "the file is larger than a roster can be" };

/**
 * The text of a list: UTF-8, UTF-16 with its byte order mark, or Windows-1252, as spreadsheets write it in
 * Western Europe.
 */
export function textOf(buffer: ArrayBuffer): FileText {
  const bytes = new Uint8Array(buffer);
  const [one = 0, two = 0] = bytes;
  if (one === 0x50 && two === 0x4b) {
    return { why: "this is a workbook: copy its cells and paste them, or save it as CSV" };
  }
  if (one === 0xff && two === 0xfe) return { text: new TextDecoder("utf-16le").decode(bytes) };
  if (one === 0xfe && two === 0xff) return { text: new TextDecoder("utf-16be").decode(bytes) };
  if (bytes.includes(0)) return { why: "this is no text" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes) };
  }
}
