import { hostedAtMost, type Tenure } from "#domain/meeting/host.ts";
import type { PersonStatus } from "#domain/meeting/person-status.ts";
import type { Wait } from "#domain/meeting/wait.ts";
import type { Visit } from "#domain/participant/visit.ts";
import { intervalsWithout, lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The stored fields of a person that show whether there was a host, and whether one was needed. */
export interface RecordedHosting {
  status: PersonStatus;
  isHost: boolean;
  visits: readonly Pick<Visit, "joinedAt" | "leftAt" | "leftBy">[];
  waits: readonly Pick<Wait, "startedAt" | "endedAt">[];
  tenures: readonly Tenure[];
  /** Whether the provider ever reported whether they are host. */
  hostSaid: boolean;
}

/** How long people were in or waiting, and how long of that there was a host. */
export interface Cover {
  occupiedMs: Ms;
  hostedMs: Ms;
}

/**
 * Host cover = hosted ÷ occupied, with occupied = |union(visits ∪ waits of everybody)| and hosted =
 * |occupied ∩ union(tenures of everybody, each person's joined over gaps ≤ grace)|. The same as `hostCover`
 * gives for full views; open ones run to `now`. `null` where the provider never reported host roles, and
 * where no one was there.
 */
export function coverOf(people: readonly RecordedHosting[], graceMs: Ms, now: Ms): Cover | null {
  if (!people.some(({ hostSaid }) => hostSaid)) return null;
  const occupied = union(
    people.flatMap(({ visits, waits }) => [
      ...visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt })),
      ...waits.map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt })),
    ]),
  );
  const tenures = people.flatMap((person) => hostedAtMost(person, graceMs));
  const occupiedMs = lengthMs(occupied, now);
  if (occupiedMs === 0) return null;
  return { occupiedMs, hostedMs: occupiedMs - lengthMs(intervalsWithout(occupied, tenures), now) };
}
