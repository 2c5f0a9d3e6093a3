import type { About, MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { KnownStay } from "./known.ts";

/** One connection's stay in a room, as a provider's API has it. A connection stays once. */
export interface FoundStay extends Pick<About, "participantId" | "userId" | "name"> {
  joinedAt: Ms;
  /** `null` while it goes on. */
  leftAt: Ms | null;
}

/**
 * What nobody told of some stays. What was told is left as it was told: of a stay that is known only its end is added,
 * and only where none was reported. So what is missing after this was told is nothing.
 */
export function missingEvents(
  found: readonly FoundStay[],
  known: readonly KnownStay[],
): MeetingEvent[] {
  const own = Map.groupBy(known, ({ participantId }) => participantId);
  return found.flatMap((stay) => missingOf(stay, own.get(stay.participantId) ?? []));
}

function missingOf(
  { joinedAt, leftAt, ...who }: FoundStay,
  known: readonly KnownStay[],
): MeetingEvent[] {
  const about: About = { ...who, isHost: null };
  const last = known.at(-1);
  if (last === undefined) {
    const joined: MeetingEvent = { type: "joined", at: joinedAt, ...about };
    if (leftAt === null) return [joined];
    return [joined, { type: "left", at: Math.max(leftAt, joinedAt), joinedAt, ...about }];
  }
  if (leftAt === null || known.some(({ isEndTold }) => isEndTold)) return [];
  const at = Math.max(leftAt, last.joinedAt);
  return [{ type: "left", at, joinedAt: last.joinedAt, ...about }];
}
