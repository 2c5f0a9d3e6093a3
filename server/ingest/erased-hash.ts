import { createHmac } from "node:crypto";
import type { PseudonymKind } from "#domain/privacy/erasure/pseudonyms.ts";

const HASH_BYTES = 16;

/**
 * Makes the hash of a name or an id that an erased person had: in a room, as every connection is, or with `null`
 * everywhere in the source.
 */
export type ErasedHash = (
  kind: PseudonymKind,
  sourceId: string,
  value: string,
  room: string | null,
) => Buffer;

/** Keyed with the secret of the installation: whoever has the database alone cannot try names. */
export function erasedHashBy(secret: string): ErasedHash {
  return (kind, sourceId, value, room) =>
    createHmac("sha256", `erased people of ${secret}`)
      .update(JSON.stringify([kind, sourceId, value, room]))
      .digest()
      .subarray(0, HASH_BYTES);
}
