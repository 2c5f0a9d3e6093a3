import type { KnownBy } from "#domain/identity/person-identity.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Who is being erased in one source. Only stored as long as something is left of them. */
export interface ErasureSubject {
  /** Their id in `people`. */
  personId: string;
  knownBy: KnownBy;
  /** The user id, or the folded name. */
  of: string;
  userIdsLast: boolean;
  /** Their names and ids as they were written, to find bodies by. */
  texts: string[];
  /** With whom an operator joined them: others who are erased with them, by their ids in `people`. */
  links: { other: string; by: string; at: Ms }[];
}
