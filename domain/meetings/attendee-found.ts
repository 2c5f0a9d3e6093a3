import { finder } from "#domain/identity/search.ts";

/** Who of a meeting a search found: as they were called there, and the name it found them by, where that is another. */
export interface AttendeeFound {
  person: string | null;
  otherName: string | null;
}

/** Why a search found a meeting; `null` where its room or title says it. */
export function meetingMatched(
  { room, title }: { room: string; title: string | null },
  query: string,
  found: { called: string | null; name: string } | null,
): AttendeeFound | null {
  if (found === null || finder(query)(room, title)) return null;
  const isCalledSo = found.called !== null && finder(query)(found.called);
  return { person: found.called, otherName: isCalledSo ? null : found.name };
}
