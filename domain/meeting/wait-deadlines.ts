import type { Knock, Participant } from "#domain/participant/participant.ts";
import { UNHEARD_MS, WAIT_EXPIRES_MS } from "#domain/participant/rules.ts";
import type { Visit } from "#domain/participant/visit.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isGivenUp, LONGEST_DAY_MS, type Wait } from "./wait.ts";

/**
 * Until when a later event may decide how a wait or a visit without a reported end had ended: a join that
 * admits a person whose own connection went silent, also in a later meeting of the room, or a sign that a
 * person had left. `null` where there is none. Open waits in the `latest` meeting of the room are left out:
 * every join to it looks at them anyway.
 */
export function unresolvedUntil(
  people: readonly {
    waits: readonly Wait[];
    visits: readonly Visit[];
    participants: readonly Participant[];
  }[],
  { latest }: { latest: boolean },
): Ms | null {
  let until: Ms | null = null;
  for (const { waits, visits, participants } of people) {
    for (const { leftAt, leftBy, end } of visits) {
      if (leftBy !== undefined) until = Math.max(until ?? 0, leftBy);
      // Any later event of that connection overrides the correction.
      if (end === "operator") until = Math.max(until ?? 0, (leftBy ?? leftAt ?? 0) + UNHEARD_MS);
    }
    for (const wait of waits) {
      const { outcome, inferred, startedAt, endedAt } = wait;
      // One of the connections that knocked during it, also after a reload, did not come in itself.
      const cameInAsAnother =
        outcome === "admitted" &&
        participants.some(
          ({ id, knocks }) =>
            knocks.some((knock) => isDuring(knock, wait)) &&
            !visits.some((visit) => visit.participantId === id && visit.joinedAt >= startedAt),
        );
      const isForgotten = outcome === "waiting" && !latest;
      if (inferred || cameInAsAnother || isForgotten) {
        until = Math.max(until ?? 0, Math.max(startedAt, endedAt ?? 0) + WAIT_EXPIRES_MS);
      }
    }
  }
  return until;
}

function isDuring({ startedAt }: Knock, wait: Pick<Wait, "startedAt" | "endedAt">): boolean {
  return startedAt >= wait.startedAt && startedAt <= (wait.endedAt ?? Infinity);
}

/**
 * Until when a join may turn out to be the return of a person who gave up waiting: the end of the longest
 * day after; `null` where no one gave up.
 */
export function lostUntil(people: readonly { waits: readonly Wait[] }[]): Ms | null {
  let until: Ms | null = null;
  for (const { waits } of people) {
    for (const wait of waits) {
      if (!isGivenUp(wait) || wait.endedAt === null) continue;
      until = Math.max(until ?? 0, wait.endedAt + LONGEST_DAY_MS);
    }
  }
  return until;
}
