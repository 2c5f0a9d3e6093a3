import { createHash } from "node:crypto";
import type { PersonIdentity } from "#domain/identity/person-identity.ts";

/**
 * The id, in `people`, of a person known to a source in this way: 128 bits of SHA-256 in the shape of a UUID.
 * A rebuild from the same events gives the same id, so that an address lasts.
 */
export function personIdOf(sourceId: string, { knownBy, of }: PersonIdentity): string {
  return digest(`${sourceId} ${knownBy === "user_id" ? "u" : "n"}:${of}`);
}

/** The id of the joined person that has its address from a part. */
export function joinedIdOf(leader: string): string {
  return digest(`joined ${leader}`);
}

function digest(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
