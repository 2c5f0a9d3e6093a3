import type { Elsewhere } from "./elsewhere.ts";
import type { Ms } from "./event.ts";
import { lengthMs } from "./interval.ts";
import { settingOf } from "./meeting.ts";
import { identify } from "./people.ts";
import { framing, type Testimony } from "./report.ts";
import type { Rules } from "./rules.ts";
import { type PersonStory, tellPerson } from "./story.ts";
import { without } from "./timeline.ts";

/** What an operator says of connections, as it is ruled. */
export type Verdict =
  | { verdict: "same" | "note_taker" | "person"; participantIds: string[] }
  | { verdict: "different"; participantIds: string[]; apartFrom: string[] };

/** One verdict names at most this many on either side. */
export const MOST_NAMED = 200;

/**
 * That some people are one: of each at least one connection is named, and all of them where there is room,
 * so that it also holds where their connections are told otherwise later.
 */
export function sayOne(people: readonly PersonStory[]): Verdict & { verdict: "same" } {
  const share = Math.floor(MOST_NAMED / people.length);
  const participantIds = people.flatMap((person) => person.participantIds.slice(0, share));
  return { verdict: "same", participantIds };
}

/** That somebody is a program and nobody, or that what was taken for one is somebody. */
export function sayKind(
  { participantIds: ids }: PersonStory,
  verdict: "note_taker" | "person",
): Verdict[] {
  return parts(ids).map((participantIds) => ({ verdict, participantIds }));
}

/** That one connection is somebody else than each of the others. */
export function sayNot(one: string, others: readonly string[]): Verdict[] {
  return apart([one], others);
}

/**
 * That all connections of a person are different people, in as few verdicts as halve them until each is
 * alone: each names them all.
 */
export function sayNobodyTheSame(ids: readonly string[]): Verdict[] {
  const verdicts: Verdict[] = [];
  for (let bit = 1; bit < ids.length; bit *= 2) {
    const [ones, others] = [true, false].map((side) =>
      ids.filter((_, place) => (Math.floor(place / bit) % 2 === 0) === side),
    );
    verdicts.push(...apart(ones ?? [], others ?? []));
  }
  return verdicts;
}

function apart(some: readonly string[], others: readonly string[]): Verdict[] {
  return parts(some).flatMap((participantIds) =>
    parts(others).map(
      (apartFrom): Verdict => ({ verdict: "different", participantIds, apartFrom }),
    ),
  );
}

function parts(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / MOST_NAMED);
  return Array.from({ length: count }, (_, n) => ids.slice(n * MOST_NAMED, (n + 1) * MOST_NAMED));
}

/** Who some people would be if they were one, as far as their own connections tell. */
export function asOne(
  people: readonly PersonStory[],
  testimony: Testimony,
  { rules, elsewhere }: { rules: Rules; elsewhere: Elsewhere },
  now: Ms,
): PersonStory | null {
  const participants = people.flatMap((person) => person.participants);
  const said = { ...sayOne(people), id: "", apartFrom: [], by: "", at: now };
  const [one, ...others] = identify(participants, [{ ...said, verdict: "same" }]);
  const setting = settingOf(framing(testimony), rules, now, elsewhere);
  return one === undefined || others.length > 0 ? null : tellPerson(one, setting, now);
}

/** For how long two people were in at the same time, in ms. */
export function bothMs(one: PersonStory, other: PersonStory, now: Ms): Ms {
  return lengthMs(one.presence, now) - lengthMs(without(one.presence, other.presence), now);
}
