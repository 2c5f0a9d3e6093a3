import type { Ms } from "#domain/time/ms.ts";
import { type CountedWait, isReallyLost } from "#domain/waits/wait-count.ts";

/** Giving up again in the same room within this counts as one lost person, at the last time. */
export const SAME_TRY_MS: Ms = 86_400_000;

/** A wait in one of many rooms. */
export interface WaitSomewhere extends CountedWait {
  room: string;
  person: string;
  participantId: string;
}

/**
 * People lost over many meetings: the really lost waits that their person did not follow with another one
 * in the same room within a day.
 */
export function lastLostOf<W extends WaitSomewhere>(waits: readonly W[]): W[] {
  const lost = waits.filter(isReallyLost).toSorted(inTime);
  return lost.filter(
    (wait, index) =>
      !lost
        .slice(index + 1)
        .some(
          ({ room, person, startedAt }) =>
            room === wait.room &&
            person === wait.person &&
            startedAt <= wait.startedAt + SAME_TRY_MS,
        ),
  );
}

function inTime(a: WaitSomewhere, b: WaitSomewhere): number {
  return a.startedAt - b.startedAt || (a.participantId < b.participantId ? -1 : 1);
}
