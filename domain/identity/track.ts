import type { Knock, Participant } from "#domain/participant/participant.ts";
import { ADMISSION_MS } from "#domain/participant/rules.ts";
import type { Visit } from "#domain/participant/visit.ts";
import type { Ms } from "#domain/time/ms.ts";

interface Stay {
  from: Ms;
  to: Ms;
}

/** When a person was in or waiting, as one or more connections, as far as it was reported. */
export interface Track {
  visits: Stay[];
  /** Until reported, or until they came in. */
  waits: Stay[];
  /** As long as they were certainly still waiting. */
  certainWaits: Stay[];
  since: Ms;
  until: Ms;
}

/**
 * `joins`: when connections of the same name came in. They bound the length of a wait whose end was not
 * reported and whose own connection was not admitted. Without them it lasts until its person came in.
 */
export function trackOf(connections: readonly Participant[], joins: readonly Ms[] = []): Track {
  const visits = connections.flatMap(visitsOf);
  const waits = waitsOf(connections, visits, joins);
  const certainWaits = connections.flatMap(certainWaitsOf);
  let [since, until] = [Infinity, -Infinity];
  for (const { from, to } of [...visits, ...waits, ...certainWaits]) {
    since = Math.min(since, from);
    until = Math.max(until, to);
  }
  return { visits, waits, certainWaits, since, until };
}

/**
 * Whether a guest was in one place while the person was in another. A wait without a reported end is over
 * when a visit begins, and the report of its end may follow the visit's start a little; next to another
 * wait it lasts until its own person came in. `slackMs`: how long after its owner's return a lost
 * connection may be reported as gone.
 */
export function collide(person: Track, guest: Track, slackMs: Ms): boolean {
  // These two checks separate nearly all of a thousand guests of one name.
  if (person.until < guest.since) return false;
  const [last, first] = [person.visits.at(-1), guest.visits[0]];
  if (last && first && overlap(last, first, slackMs)) return true;
  return (
    anyOverlap(person.visits, guest.visits, slackMs) ||
    anyOverlap(person.waits, guest.waits, 0) ||
    anyOverlap(person.certainWaits, guest.visits, slackMs) ||
    anyOverlap(person.visits, guest.certainWaits, slackMs)
  );
}

/** The shortest time between two tracks that never overlap. */
export function apartMs(one: Track, other: Track): Ms {
  let least = Infinity;
  for (const a of one.visits) {
    for (const b of other.visits) least = Math.min(least, Math.max(b.from - a.to, a.from - b.to));
  }
  return least;
}

/** Whether one of the visits ended a wait of the guest. */
export function cameInAs(guest: readonly Participant[], visits: readonly Visit[]): boolean {
  return guest.some(({ knocks }) =>
    knocks.some((knock) => {
      const until = overAt(knock) + ADMISSION_MS;
      return visits.some(({ joinedAt }) => joinedAt >= knock.startedAt && joinedAt <= until);
    }),
  );
}

function anyOverlap(a: readonly Stay[], b: readonly Stay[], slackMs: Ms): boolean {
  return a.some((x) => b.some((y) => overlap(x, y, slackMs)));
}

function visitsOf({ visits }: Participant): Stay[] {
  return visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt ?? Infinity }));
}

function waitsOf(
  person: readonly Participant[],
  visits: readonly Stay[],
  namesakes: readonly Ms[],
): Stay[] {
  return person.flatMap((connection) =>
    connection.knocks.map((knock) => {
      const { startedAt } = knock;
      const isAfter = (join: Ms) => join >= startedAt;
      const joins = visits.map(({ from }) => from).filter(isAfter);
      const isForgotten =
        overAt(knock) === Infinity &&
        namesakes.some(isAfter) &&
        !connection.visits.some(({ joinedAt }) => isAfter(joinedAt));
      const until = Math.min(overAt(knock), ...joins);
      return { from: startedAt, to: isForgotten ? startedAt : until };
    }),
  );
}

/** When a wait was reported or corrected to be over; Infinity where it was neither. */
function overAt({ stoppedAt, putAway }: Knock): Ms {
  return stoppedAt ?? putAway?.since ?? Infinity;
}

function certainWaitsOf({ knocks }: Participant): Stay[] {
  return knocks.map(({ startedAt, stoppedAt }) => ({
    from: startedAt,
    to: Math.max(startedAt, (stoppedAt ?? startedAt) - ADMISSION_MS),
  }));
}

/** `slackMs`: how far the first of the two may reach into the other, where that one goes on. */
function overlap(a: Stay, b: Stay, slackMs: Ms): boolean {
  if (a.from === b.from) return a.to > a.from || b.to > b.from;
  const [first, second] = a.from < b.from ? [a, b] : [b, a];
  if (second.from >= first.to) return false;
  return first.to - second.from > slackMs || second.to < first.to;
}
