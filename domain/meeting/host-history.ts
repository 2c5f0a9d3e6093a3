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
export function hostHistoryOf(projected: readonly Hosting[], graceMs: Ms): HostHistory {
  const people = projected
    .filter(({ tenures }) => tenures.length > 0)
    .map((person) => ({ ...person, tenures: withoutGaps(person.tenures, graceMs) }));
  const reigns = reignsOf(people);
  const hosted = people.flatMap((person) =>
    person.tenures.map((tenure) => periodOf(person, tenure, reigns)),
  );
  const without = hostless(projected, graceMs);
  const hostlessPeriods = (without ?? [])
    .filter(isLongEnough)
    .map(
      (gap): HostPeriod => ({ ...gap, kind: "nobody", person: null, endInferred: false, row: 0 }),
    );
  return {
    stretches: [...hosted, ...hostlessPeriods].toSorted(
      (a, b) => a.from - b.from || end(a) - end(b),
    ),
    handOvers: handOversOf(reigns),
    rows: reigns.reduce((most, { row }) => Math.max(most, row + 1), 0),
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
  reigns: readonly Reign[],
): HostPeriod {
  const endInferred = inferred && endIsInferred({ from, to }, visits);
  const kind = inferred && !endInferred ? "uncertain" : "host";
  const reign = reigns.findLast((one) => one.person.id === id && one.from <= from);
  return { from, to, kind, person: { id, name }, endInferred, row: reign?.row ?? 0 };
}

/** One person's hosting without a break, sure or not. */
interface Reign extends Interval {
  person: Who;
  row: number;
}

function reignsOf(people: readonly Hosting[]): Reign[] {
  const reigns = people
    .flatMap(({ id, name, tenures }) =>
      union(tenures).map((reign): Reign => ({ ...reign, person: { id, name }, row: 0 })),
    )
    .toSorted((a, b) => a.from - b.from || end(a) - end(b));
  giveRows(reigns);
  return reigns;
}

/** Puts overlapping sorted reigns below each other, and a person's later ones in the same row again. */
function giveRows(sorted: readonly Reign[]): void {
  const ends: number[] = [];
  const home = new Map<string, number>();
  for (const reign of sorted) {
    const isFree = (row: number) => (ends[row] ?? -Infinity) <= reign.from;
    const own = home.get(reign.person.id);
    let row = own !== undefined && isFree(own) ? own : 0;
    while (!isFree(row)) row += 1;
    reign.row = row;
    ends[row] = end(reign);
    home.set(reign.person.id, row);
  }
}

/**
 * For every reign that ended: the first person who began to host after it did and still hosted when it
 * ended, or else the next host. Where a longer-standing host stays, nothing was handed over.
 */
function handOversOf(reigns: readonly Reign[]): HandOver[] {
  const handOvers: HandOver[] = [];
  for (const { from, to, person } of reigns) {
    if (to === null) continue;
    const others = reigns.filter((reign) => reign.person.id !== person.id);
    const then = others.filter((reign) => reign.from <= to && end(reign) > to);
    const next =
      then.length > 0
        ? then.every((reign) => reign.from > from) && then[0]
        : reigns.find((reign) => reign.from >= to && end(reign) > to);
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
