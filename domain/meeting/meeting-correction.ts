import type { MeetingEvent } from "#domain/event/event.ts";
import { gaps } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { occupiedOf } from "./occupancy.ts";
import type { PersonView } from "./person-view.ts";

/** An operator's correction that two meetings are one, or that one is two, in force. */
export interface MeetingCorrection {
  id: string;
  verdict: "joined" | "parted";
  /** See `MeetingCorrected`. */
  from: Ms;
  at: Ms;
  by: string;
  ruledAt: Ms;
}

/** The corrections in force among the events of a room or a meeting, oldest first. */
export function meetingCorrectionsIn(events: readonly MeetingEvent[]): MeetingCorrection[] {
  const entered = new Map<string, MeetingCorrection>();
  const undone = new Set<string>();
  for (const event of events) {
    if (event.type !== "meeting_ruled") continue;
    const { ruling: id, verdict, from, at, by, ruledAt } = event;
    if (verdict === "undone") undone.add(id);
    else entered.set(id, { id, verdict, from, at, by, ruledAt });
  }
  return [...entered.values()]
    .filter(({ id }) => !undone.has(id))
    .toSorted((a, b) => a.ruledAt - b.ruledAt || (a.id < b.id ? -1 : 1));
}

/** What the corrections change in a room: empty periods that part nothing, and moments that always part. */
export interface MeetingBoundaries {
  bridges: { from: Ms; to: Ms }[];
  /** An event at such a moment or after it belongs to another meeting than those before. */
  cuts: Ms[];
}

/** Of two corrections that contradict each other the later counts. */
export function meetingBoundaries(corrections: readonly MeetingCorrection[]): MeetingBoundaries {
  const bridges: MeetingBoundaries["bridges"] = [];
  let cuts: Ms[] = [];
  for (const { verdict, from, at } of corrections) {
    if (verdict === "parted") {
      cuts.push(at);
    } else {
      bridges.push({ from: Math.min(from, at), to: at });
      cuts = cuts.filter((cut) => cut <= from || cut > at);
    }
  }
  return { bridges, cuts };
}

/** Cuts what reaches over a moment in two: the part that ends at it, and the part that goes on. */
export function cutAt<T extends { from: Ms; to: Ms }>(
  intervals: readonly T[],
  cuts: readonly Ms[],
) {
  return cuts.reduce<{ from: Ms; to: Ms }[]>(
    (parts, cut) =>
      parts.flatMap(({ from, to }) =>
        reachesOver({ from, to }, cut)
          ? [
              { from, to: cut - 1 },
              { from: cut, to },
            ]
          : [{ from, to }],
      ),
    [...intervals],
  );
}

export function reachesOver({ from, to }: { from: Ms; to: Ms }, at: Ms): boolean {
  return from < at && to >= at;
}

/** When no one was in or waiting between those who were: where a meeting may be parted. */
export function emptiesOf(people: readonly PersonView[]): { from: Ms; to: Ms }[] {
  return gaps(occupiedOf(people));
}
