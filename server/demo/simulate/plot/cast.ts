import { namesFor, TWIN_NAME } from "./names.ts";
import type { Outline } from "./outline.ts";
import type { Random } from "./random.ts";

/** A person of a meeting, before their times are drawn. */
export interface Member {
  name: string | null;
  userId: string | null;
  host: boolean;
  /** One of two phones with one name, present at once: they must stay two people. */
  twin: boolean;
}

export interface Casting {
  hosts: number;
  twins: boolean;
  /** The share of guests with a user id, from 0 to 1. */
  known: number;
  userId: () => string;
}

/** The people of one meeting: hosts first, then guests, one of them without a name where there are enough. */
export function castMeeting(
  random: Random,
  { people }: Outline,
  meeting: number,
  { hosts, twins, known, userId }: Casting,
): Member[] {
  const names = namesFor(random, people, meeting);
  return names.map((name, index): Member => {
    const fromLast = people - 1 - index;
    const host = index < hosts;
    const twin = twins && !host && people >= 6 && fromLast < 2;
    const nameless = !host && people >= 5 && fromLast === 2;
    if (twin) return { name: TWIN_NAME, userId: null, host, twin };
    if (nameless) return { name: null, userId: null, host, twin };
    return { name, userId: host || random.chance(known) ? userId() : null, host, twin };
  });
}
