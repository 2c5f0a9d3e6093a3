import { type Interval, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { endIsInferred } from "./certainty.ts";
import { withoutGaps } from "./host.ts";
import { hostless } from "./metrics.ts";
import type { PersonView } from "./person-view.ts";

/** What is shorter is told as nothing. */
const SECOND_MS: Ms = 1000;

type Who = Pick<PersonView, "id" | "name">;
type Hosting = Pick<
  PersonView,
  "id" | "name" | "presence" | "visits" | "waits" | "tenures" | "participants" | "isHost" | "status"
>;

/**
 * A stretch of the host strip: somebody was host, or the provider only said that their role changed
 * somewhere in it (`uncertain`), or people were there and nobody was (`nobody`).
 */
export interface HostPeriod extends Interval {
  kind: "host" | "uncertain" | "nobody";
  person: Who | null;
  /** Nobody reported where it ends. */
  endInferred: boolean;
  /** From the top, so that two hosts at once are seen as two; the same for all of somebody's where it can be. */
  row: number;
}

/** Somebody else took over: at once, while both were host, or after nobody was for `gapMs`, a second at least. */
export interface HandOver {
  /** When the new one was host and the old one no more. */
  at: Ms;
  from: Who;
  to: Who;
  gapMs: Ms;
}

export interface HostHistory {
  /** In time order. Empty where the provider never said of anybody whether they are host. */
  stretches: HostPeriod[];
  handOvers: HandOver[];
  /** The most hosts at once. */
  rows: number;
  /** See `hostless`. */
  hostless: Interval[] | null;
}

/** `graceMs`: whoever hosts again within it never stopped. */
export function hostHistoryOf(projected: readonly Hosting[], graceMs: Ms): HostHistory {
  const people = projected
    .filter(({ tenures }) => tenures.length > 0)
    .map((person) => ({ ...person, tenures: withoutGaps(person.tenures, graceMs) }));
  const reigns = reignsOf(people);
  const hosted = people.flatMap((person) =>
    person.tenures.map((tenure) => stretchOf(person, tenure, reigns)),
  );
  const without = hostless(projected, graceMs);
  const nobody = (without ?? [])
    .filter(isAnything)
    .map(
      (gap): HostPeriod => ({ ...gap, kind: "nobody", person: null, endInferred: false, row: 0 }),
    );
  return {
    stretches: [...hosted, ...nobody].toSorted((a, b) => a.from - b.from || end(a) - end(b)),
    handOvers: handOversOf(reigns),
    rows: reigns.reduce((most, { row }) => Math.max(most, row + 1), 0),
    hostless: without,
  };
}

/** Two who come together are told one after the other: what lies between is no stretch without a host. */
function isAnything({ from, to }: Interval): boolean {
  return to === null || to - from >= SECOND_MS;
}

function stretchOf(
  { id, name, visits }: Hosting,
  { from, to, inferred }: PersonView["tenures"][number],
  reigns: readonly Reign[],
): HostPeriod {
  const endInferred = inferred && endIsInferred({ from, to }, visits);
  const kind = inferred && !endInferred ? "uncertain" : "host";
  const reign = reigns.findLast((one) => one.person.id === id && one.from <= from);
  return { from, to, kind, person: { id, name }, endInferred, row: reign?.row ?? 0 };
}

/** Hosting without a break, sure or not. */
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

/** Puts sorted reigns that overlap below each other, and somebody's again where they were. */
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
 * For every reign that ended: the first of those who began to host after it did and still hosted when it
 * ended, or else whoever was host next. Where a host of longer standing stays, nothing was handed over.
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
    const gapMs = isAnything({ from: to, to: at }) ? at - to : 0;
    handOvers.push({ at, from: person, to: next.person, gapMs });
  }
  return handOvers.toSorted((a, b) => a.at - b.at);
}

function end({ to }: Interval): number {
  return to ?? Infinity;
}
