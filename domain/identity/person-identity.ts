/** What makes the people of several meetings one: the provider's user id, or for want of one the same name. */
export type KnownBy = "user_id" | "name";

/** Who somebody is over all meetings of one source. */
export interface PersonIdentity {
  knownBy: KnownBy;
  /** The user id, or the folded name. */
  of: string;
}

/**
 * Who is who over the meetings of a source. The same user id is the same person, where the provider's ids
 * last. Without one the same folded name is, and a guest is never taken for somebody with a user id,
 * whatever they are called. `null` for a guest without a name: nobody over several meetings.
 */
export function personIdentityOf(
  { userId, nameKey }: { userId: string | null; nameKey: string | null },
  userIdsLast: boolean,
): PersonIdentity | null {
  if (userIdsLast && userId !== null) return { knownBy: "user_id", of: userId };
  return nameKey === null ? null : { knownBy: "name", of: nameKey };
}
