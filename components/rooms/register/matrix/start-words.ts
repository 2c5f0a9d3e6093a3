import { counted } from "#components/words/count.ts";
import type { RegisterColumn } from "#domain/rooms/register/register.ts";
import { START_SOURCES, type StartSource } from "#domain/rooms/register/start.ts";

/** After a time: `from 10:00, as scheduled`. */
export const START_WORDS: Record<StartSource, string> = {
  scheduled: "as scheduled",
  room: "as set for this room",
  provider: "as the provider reported it",
  host: "when the first host came in",
  first: "when the first person came in",
};

const START_NAMES: Record<StartSource, string> = {
  scheduled: "the scheduled start",
  room: "the start set for this room",
  provider: "the start that the provider reported",
  host: "the first host",
  first: "the first person, as nothing else is known",
};

/** From when late counts in the meetings: `the scheduled start (2 meetings), the first host (5 meetings)`. */
export function lateFromWords(meetings: readonly RegisterColumn[]): string | null {
  const parts = START_SOURCES.flatMap((by) => {
    const count = meetings.filter(({ start }) => start?.by === by).length;
    return count === 0 ? [] : [`${START_NAMES[by]} (${counted(count, "meeting", "meetings")})`];
  });
  return parts.length === 0 ? null : parts.join(", ");
}
