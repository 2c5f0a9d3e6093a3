import { type CountedWait, isLeftBeforeAdmitted, isReallyLost } from "#domain/waits/wait-count.ts";

type HowItEnded = Pick<CountedWait, "outcome">;

/** A number that a meeting keeps of how its waits were left. */
interface LeftCount {
  /** Also the name of its column in `meetings`. */
  name: string;
  /** What is counted: the waits, or the people with one of them, each once. */
  of: "waits" | "people";
  isCounted: (wait: HowItEnded) => boolean;
}

/**
 * The numbers that a meeting keeps of how its waits were left, also where its people were erased. The database counts
 * them by the same conditions (`db/recording/left.ts`), and `server/meetings/left-columns.ts` says what they are called.
 */
export const LEFT_COUNTS = [
  { name: "waitsLeftCount", of: "waits", isCounted: isLeftBeforeAdmitted },
  { name: "peopleLeftCount", of: "people", isCounted: isLeftBeforeAdmitted },
  { name: "peopleLostCount", of: "people", isCounted: isReallyLost },
] as const satisfies readonly LeftCount[];

export type LeftCountName = (typeof LEFT_COUNTS)[number]["name"];
export type LeftCounts = Record<LeftCountName, number>;

/** One value for each of the numbers. */
export function eachLeftCount<V>(
  value: (count: (typeof LEFT_COUNTS)[number]) => V,
): Record<LeftCountName, V>;
export function eachLeftCount<V>(
  value: (count: (typeof LEFT_COUNTS)[number]) => V,
): Record<string, V> {
  return Object.fromEntries(LEFT_COUNTS.map((count) => [count.name, value(count)]));
}

/** The waits of one person in one meeting. */
export interface WaitsOfPerson {
  waits: readonly HowItEnded[];
}

/** How the waits of a meeting were left. */
export function leftCountsOf(people: readonly WaitsOfPerson[]): LeftCounts {
  return eachLeftCount(({ of, isCounted }) => {
    let count = 0;
    for (const { waits } of people) {
      if (of === "people") count += Number(waits.some(isCounted));
      else for (const wait of waits) count += Number(isCounted(wait));
    }
    return count;
  });
}
