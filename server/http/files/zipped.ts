import { strToU8, Zip, ZipDeflate } from "fflate";

/** A file in an archive, in pieces of text. */
export interface ZipPart {
  path: string;
  texts: AsyncIterable<string> | Iterable<string>;
}

/** Compresses repetitive text well enough, at half the cost of a higher level. */
const LEVEL = 4;

/** An archive in pieces. A piece of a part is read only after the pieces before it were taken. */
export async function* zipped(
  parts: AsyncIterable<ZipPart>,
): AsyncGenerator<Uint8Array<ArrayBufferLike>> {
  const made: Uint8Array<ArrayBufferLike>[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    made.push(chunk);
  });
  for await (const { path, texts } of parts) {
    const file = new ZipDeflate(path, { level: LEVEL });
    zip.add(file);
    for await (const text of texts) {
      file.push(strToU8(text));
      yield* made.splice(0);
    }
    file.push(new Uint8Array(0), true);
    yield* made.splice(0);
  }
  zip.end();
  yield* made.splice(0);
}
