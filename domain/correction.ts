import type { Ms } from "./event.ts";
import { type Interval, lengthMs, union } from "./interval.ts";
import type { MeetingStory } from "./meeting.ts";
import type { PersonStory } from "./story.ts";
import { type Outcome, waitKey } from "./wait.ts";

/** Something a page said of the past that turned out to be otherwise. */
export interface Correction {
  person: Pick<PersonStory, "id" | "name">;
  what: /** A wait ended otherwise than it was told. */
    | { kind: "wait"; was: Outcome; is: Outcome }
    /** Attended time up to then is longer (or, negative, shorter) than it was told. */
    | { kind: "attended"; byMs: Ms }
    /** Nobody had told that they were there. */
    | { kind: "appeared"; since: Ms }
    /** Taken for one, they are several; or the other way round. */
    | { kind: "parted" }
    | { kind: "joined" };
}

/** Less than this, how long somebody attended is said a little late rather than corrected. */
const WORTH_SAYING_MS = 60_000;

/**
 * What `before` said of the time up to `until` and `after` says otherwise, in the order of the people. What
 * happened since then corrects nothing, and neither does what an operator ruled.
 */
export function correctionsOf(before: MeetingStory, after: MeetingStory, until: Ms): Correction[] {
  // Whoever is the same object in both is told the same, and so are their connections.
  const told = new Set(before.people);
  const toldNow = new Set(after.people);
  const changed = after.people.filter((person) => !told.has(person));
  const known = byConnection(before.people.filter((person) => !toldNow.has(person)));
  const homes = byConnection(changed);
  return changed.flatMap((person): Correction[] => {
    const were = [...new Set(person.participantIds.flatMap((id) => known.get(id) ?? []))];
    const [was] = were;
    if (was === undefined) return appeared(person, until);
    const isRuled = [person, ...were].some(({ rulings }) => rulings.length > 0);
    if (were.length > 1) return isRuled ? [] : [{ person, what: { kind: "joined" } }];
    const shares = new Set(was.participantIds.map((id) => homes.get(id)));
    if (shares.size > 1) {
      const isFirst = homes.get(was.participantIds[0] ?? "") === person;
      return isRuled || !isFirst ? [] : [{ person, what: { kind: "parted" } }];
    }
    return [...waits(was, person, until), ...attended(was, person, until)];
  });
}

function byConnection(people: readonly PersonStory[]): Map<string, PersonStory> {
  return new Map(
    people.flatMap((person) => person.participantIds.map((id) => [id, person] as const)),
  );
}

function appeared(person: PersonStory, until: Ms): Correction[] {
  const since = Math.min(
    person.firstJoinedAt ?? Infinity,
    ...person.waits.map(({ startedAt }) => startedAt),
  );
  return since > until - WORTH_SAYING_MS ? [] : [{ person, what: { kind: "appeared", since } }];
}

function waits(was: PersonStory, is: PersonStory, until: Ms): Correction[] {
  const said = new Map(
    was.waits
      .filter(({ endedAt }) => endedAt !== null && endedAt <= until)
      .map((wait) => [waitKey(wait.participantId, wait.startedAt), wait.outcome]),
  );
  return is.waits.flatMap((wait): Correction[] => {
    const outcome = said.get(waitKey(wait.participantId, wait.startedAt));
    if (outcome === undefined || outcome === wait.outcome) return [];
    // Whoever comes back now had been lost until now.
    const cameIn = is.visits.some(
      ({ joinedAt }) => joinedAt >= wait.startedAt && joinedAt <= until,
    );
    if (wait.outcome === "came_back" && !cameIn) return [];
    return [{ person: is, what: { kind: "wait", was: outcome, is: wait.outcome } }];
  });
}

function attended(was: PersonStory, is: PersonStory, until: Ms): Correction[] {
  const byMs = attendedUntil(is.attended, until) - attendedUntil(was.attended, until);
  return Math.abs(byMs) < WORTH_SAYING_MS ? [] : [{ person: is, what: { kind: "attended", byMs } }];
}

function attendedUntil(attended: readonly Interval[], until: Ms): Ms {
  const clipped = attended
    .filter(({ from }) => from < until)
    .map(({ from, to }) => ({ from, to: Math.min(to ?? until, until) }));
  return lengthMs(union(clipped), until);
}
