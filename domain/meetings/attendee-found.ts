import { finder } from "#domain/identity/search.ts";

/**
 * A person of a meeting that a search found: their name there, and the name that matched, where that is
 * another.
 */
export interface AttendeeFound {
  person: string | null;
  otherName: string | null;
}

/** Why a search found a meeting; `null` where its room or title matched. */
export function meetingMatched(
  { room, title }: { room: string; title: string | null },
  query: string,
  found: { called: string | null; name: string } | null,
): AttendeeFound | null {
  if (found === null || finder(query)(room, title)) return null;
  const isByOwnName = found.called !== null && finder(query)(found.called);
  return { person: found.called, otherName: isByOwnName ? null : found.name };
}
