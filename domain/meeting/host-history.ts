import { type Interval, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { endIsInferred } from "./certainty.ts";
import { withoutGaps } from "./host.ts";
import { hostless } from "./metrics.ts";
import type { PersonView } from "./person-view.ts";

/** Shorter intervals are left out. */
const SECOND_MS: Ms = 1000;

type Who = Pick<PersonView, "id" | "name">;
type Hosting = Pick<
  PersonView,
  "id" | "name" | "presence" | "visits" | "waits" | "tenures" | "participants" | "isHost" | "status"
>;

/**
 * An interval of the host strip: a person was host, or the provider only reported that their role changed
 * somewhere in it (`uncertain`), or people were there without a host (`nobody`).
 */
export interface HostPeriod extends Interval {
  kind: "host" | "uncertain" | "nobody";
  person: Who | null;
  /** Its end was not reported. */
  endInferred: boolean;
  /** From the top, so that two hosts at once are both visible; a person stays in one row where possible. */
  row: number;
}

/**
 * Another host took over: at once, while both were host, or after a gap of `gapMs` without a host, at least
 * a second.
 */
export interface HandOver {
  /** When the new host was host and the old one was not any more. */
  at: Ms;
  from: Who;
  to: Who;
  gapMs: Ms;
}

export interface HostHistory {
  /** In time order. Empty where the provider never reported host roles. */
  stretches: HostPeriod[];
  handOvers: HandOver[];
  /** The most hosts at once. */
  rows: number;
  /** See `hostless`. */
  hostless: Interval[] | null;
}

/** `graceMs`: a host who hosts again within it never stopped. */
export function hostHistoryOf(people: readonly Hosting[], graceMs: Ms): HostHistory {
  const hosting = people
    .filter(({ tenures }) => tenures.length > 0)
    .map((person) => ({ ...person, tenures: withoutGaps(person.tenures, graceMs) }));
  const runs = reignsOf(hosting);
  const hosted = hosting.flatMap((person) =>
    person.tenures.map((tenure) => periodOf(person, tenure, runs)),
  );
  const without = hostless(people, graceMs);
  const hostlessPeriods = (without ?? [])
    .filter(isLongEnough)
    .map(
      (gap): HostPeriod => ({ ...gap, kind: "nobody", person: null, endInferred: false, row: 0 }),
    );
  return {
    stretches: [...hosted, ...hostlessPeriods].toSorted(
      (a, b) => a.from - b.from || end(a) - end(b),
    ),
    handOvers: handOversOf(runs),
    rows: runs.reduce((most, { row }) => Math.max(most, row + 1), 0),
    hostless: without,
  };
}

/** Two who join together are reported one after the other: the moment between is no time without a host. */
function isLongEnough({ from, to }: Interval): boolean {
  return to === null || to - from >= SECOND_MS;
}

function periodOf(
  { id, name, visits }: Hosting,
  { from, to, inferred }: PersonView["tenures"][number],
  runs: readonly HostingRun[],
): HostPeriod {
  const endInferred = inferred && endIsInferred({ from, to }, visits);
  const kind = inferred && !endInferred ? "uncertain" : "host";
  const run = runs.findLast((one) => one.person.id === id && one.from <= from);
  return { from, to, kind, person: { id, name }, endInferred, row: run?.row ?? 0 };
}

/** One person's hosting without a break, sure or not. */
interface HostingRun extends Interval {
  person: Who;
  row: number;
}

function reignsOf(people: readonly Hosting[]): HostingRun[] {
  const runs = people
    .flatMap(({ id, name, tenures }) =>
      union(tenures).map((run): HostingRun => ({ ...run, person: { id, name }, row: 0 })),
    )
    .toSorted((a, b) => a.from - b.from || end(a) - end(b));
  giveRows(runs);
  return runs;
}

/** Puts overlapping sorted reigns below each other, and a person's later ones in the same row again. */
function giveRows(sorted: readonly HostingRun[]): void {
  const ends: number[] = [];
  const home = new Map<string, number>();
  for (const run of sorted) {
    const isFree = (row: number) => (ends[row] ?? -Infinity) <= run.from;
    const own = home.get(run.person.id);
    let row = own !== undefined && isFree(own) ? own : 0;
    while (!isFree(row)) row += 1;
    run.row = row;
    ends[row] = end(run);
    home.set(run.person.id, row);
  }
}

/**
 * For every reign that ended: the first person who began to host after it did and still hosted when it
 * ended, or else the next host. Where a longer-standing host stays, nothing was handed over.
 */
function handOversOf(runs: readonly HostingRun[]): HandOver[] {
  const handOvers: HandOver[] = [];
  for (const { from, to, person } of runs) {
    if (to === null) continue;
    const others = runs.filter((run) => run.person.id !== person.id);
    const then = others.filter((run) => run.from <= to && end(run) > to);
    const next =
      then.length > 0
        ? then.every((run) => run.from > from) && then[0]
        : runs.find((run) => run.from >= to && end(run) > to);
    if (!next || next.person.id === person.id) continue;
    const at = Math.max(to, next.from);
    const gapMs = isLongEnough({ from: to, to: at }) ? at - to : 0;
    handOvers.push({ at, from: person, to: next.person, gapMs });
  }
  return handOvers.toSorted((a, b) => a.at - b.at);
}

function end({ to }: Interval): number {
  return to ?? Infinity;
}
