import { identify } from "#domain/identity/people.ts";
import type { RoomContext } from "#domain/participant/room-context.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { intervalsWithout, lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { projectionContext } from "./meeting.ts";
import { type PersonView, projectPerson } from "./person-view.ts";
import { framing, type PersonReports } from "./report.ts";

/** An operator's input about connections, before it becomes a correction. */
export type IdentityCorrectionInput =
  | { verdict: "same" | "note_taker" | "person"; participantIds: string[] }
  | { verdict: "different"; participantIds: string[]; apartFrom: string[] };

/** One correction names at most this many on either side. */
export const MOST_NAMED = 200;

/**
 * Joins some people into one: of each at least one connection is named, and all of them where there is
 * room, so that it still holds where their connections are grouped otherwise later.
 */
export function asSamePerson(
  people: readonly PersonView[],
): IdentityCorrectionInput & { verdict: "same" } {
  const share = Math.floor(MOST_NAMED / people.length);
  const participantIds = people.flatMap((person) => person.participantIds.slice(0, share));
  return { verdict: "same", participantIds };
}

/** Marks a person as a note-taker, or a note-taker as a person. */
export function asKind(
  { participantIds: ids }: PersonView,
  verdict: "note_taker" | "person",
): IdentityCorrectionInput[] {
  return parts(ids).map((participantIds) => ({ verdict, participantIds }));
}

/** Separates one connection from each of the others. */
export function asDifferentFrom(one: string, others: readonly string[]): IdentityCorrectionInput[] {
  return apart([one], others);
}

/**
 * Separates all connections of a person, with as few corrections as halve them until each is alone: each
 * correction names them all.
 */
export function asAllDifferent(ids: readonly string[]): IdentityCorrectionInput[] {
  const inputs: IdentityCorrectionInput[] = [];
  for (let bit = 1; bit < ids.length; bit *= 2) {
    const [some, others] = [true, false].map((side) =>
      ids.filter((_, index) => (Math.floor(index / bit) % 2 === 0) === side),
    );
    inputs.push(...apart(some ?? [], others ?? []));
  }
  return inputs;
}

function apart(some: readonly string[], others: readonly string[]): IdentityCorrectionInput[] {
  return parts(some).flatMap((participantIds) =>
    parts(others).map(
      (apartFrom): IdentityCorrectionInput => ({ verdict: "different", participantIds, apartFrom }),
    ),
  );
}

function parts(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / MOST_NAMED);
  return Array.from({ length: count }, (_, n) => ids.slice(n * MOST_NAMED, (n + 1) * MOST_NAMED));
}

/** Who some people would be if they were one, judged by their own connections only. */
export function previewAsOne(
  people: readonly PersonView[],
  reports: PersonReports,
  { rules, elsewhere: roomContext }: { rules: Rules; elsewhere: RoomContext },
  now: Ms,
): PersonView | null {
  const participants = people.flatMap((person) => person.participants);
  const correction = { ...asSamePerson(people), id: "", apartFrom: [], by: "", at: now };
  const [one, ...others] = identify(participants, [{ ...correction, verdict: "same" }]);
  const context = projectionContext(framing(reports), rules, now, roomContext);
  return one === undefined || others.length > 0 ? null : projectPerson(one, context, now);
}

/** For how long two people were in at the same time, in ms. */
export function bothMs(one: PersonView, other: PersonView, now: Ms): Ms {
  return (
    lengthMs(one.presence, now) - lengthMs(intervalsWithout(one.presence, other.presence), now)
  );
}
