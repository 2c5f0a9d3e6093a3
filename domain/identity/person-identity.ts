/** What makes the people of several meetings one: the provider's user id, or without one the same name. */
export type KnownBy = "user_id" | "name";

/** Who a person is over all meetings of one source. */
export interface PersonIdentity {
  knownBy: KnownBy;
  /** The user id, or the folded name. */
  of: string;
}

/**
 * Who is who over the meetings of a source. The same user id is the same person, where the provider's ids
 * last. Without one the same folded name is, and a guest is never matched with a person who has a user id.
 * `null` for a guest without a name: they cannot be found in other meetings.
 */
export function personIdentityOf(
  { userId, nameKey }: { userId: string | null; nameKey: string | null },
  userIdsLast: boolean,
): PersonIdentity | null {
  if (userIdsLast && userId !== null) return { knownBy: "user_id", of: userId };
  return nameKey === null ? null : { knownBy: "name", of: nameKey };
}
