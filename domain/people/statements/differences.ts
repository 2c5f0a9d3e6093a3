import { type CanonicalJson, canonicalJson } from "./canonical.ts";
import type { StatementFacts } from "./facts.ts";

/** One fact that differs from the statement. `undefined`: there was, or is, no such fact. */
export interface Difference {
  /** Its meeting; `null` for a fact of the whole statement. */
  meetingId: string | null;
  /** Its name among the facts, such as `attended_ms`, or `meeting` where a whole meeting came or went. */
  fact: string;
  was: CanonicalJson | undefined;
  is: CanonicalJson | undefined;
}

/**
 * The differences between two sets of facts, first of the whole and then meeting by meeting; none if and
 * only if their canonical texts, and so their hashes, are the same.
 */
export function differences(was: StatementFacts, is: StatementFacts): Difference[] {
  const [before, after] = [partsOf(was), partsOf(is)];
  const found = between(null, before.whole, after.whole);
  for (const id of new Set([...before.meetings.keys(), ...after.meetings.keys()])) {
    const [old, now] = [before.meetings.get(id), after.meetings.get(id)];
    if (old === undefined || now === undefined) {
      found.push({ meetingId: id, fact: "meeting", was: old, is: now });
    } else found.push(...between(id, old, now));
  }
  // The same meetings in another order, or one of them twice.
  if (found.length === 0 && canonicalJson(was) !== canonicalJson(is))
    found.push({ meetingId: null, fact: "meetings", was: was.meetings, is: is.meetings });
  return found;
}

type Facts = { readonly [name: string]: CanonicalJson };

function partsOf({ meetings, person, ...whole }: StatementFacts) {
  const byId = new Map<string, Facts>(meetings.map((one) => [one.meeting_id, one]));
  return { whole: { ...whole, ...person }, meetings: byId };
}

function between(meetingId: string | null, was: Facts, is: Facts): Difference[] {
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...names].toSorted().flatMap((fact) => {
    const isSame =
      Object.hasOwn(was, fact) === Object.hasOwn(is, fact) &&
      canonicalJson(was[fact] ?? null) === canonicalJson(is[fact] ?? null);
    return isSame ? [] : [{ meetingId, fact, was: was[fact], is: is[fact] }];
  });
}
