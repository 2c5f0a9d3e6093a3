/** The body of a webhook may have this many bytes. */
export const BODY_LIMIT = 1_048_576;

/** A body over the limit; reading stopped there. */
export class BodyTooLarge extends Error {
  override name = "BodyTooLarge";
}

/** The exact bytes of a request's body, counted while they are read. Throws `BodyTooLarge` above the limit. */
export async function readBody(request: Request, limit = BODY_LIMIT): Promise<Uint8Array> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > limit) throw new BodyTooLarge();
  // A body whose whole length is declared can be no longer: the server stops reading there.
  if (declared > 0) return new Uint8Array(await request.arrayBuffer());
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > limit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
