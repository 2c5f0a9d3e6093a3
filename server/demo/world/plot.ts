import type { Ms } from "#domain/time/ms.ts";
import type { Someone } from "./people.ts";

export const SECOND: Ms = 1_000;
export const MINUTE: Ms = 60 * SECOND;

/** One stay in a meeting, as one connection. `[from, to)`. */
export interface PlottedStay {
  /** Which of the person's connections. */
  line: number;
  from: Ms;
  /** `null`: still in when the plot ends. */
  to: Ms | null;
  /** Whether the end is reported; an end that is not reported can only be inferred. */
  told: boolean;
  /** Whether they are host when they come, and when they leave. */
  hostAtFirst: boolean;
  hostAtLast: boolean;
  /** When that changes; `null` where it does not, or where nobody reports when. */
  changesAt: Ms | null;
}

/** One stay in the waiting room. */
export interface PlottedKnock {
  line: number;
  from: Ms;
  /** `null`: still waiting when the plot ends. */
  to: Ms | null;
  /** When the end of the wait is reported; `null` where it is not. */
  toldAt: Ms | null;
  outcome: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown";
}

/** One person in one meeting, in the order of time. */
export interface Actor extends Someone {
  stays: PlottedStay[];
  knocks: PlottedKnock[];
  /** How many connections they took, those in the waiting room included. */
  lines: number;
}

/** Where a meeting takes place that is only watched, which decides how a person who comes back is named. */
export type Platform = "teams" | "meet" | "zoom";

/** When a meeting takes place. Those who are in at `to` stay in where it is `live`: it goes on beyond the plot. */
export interface PlotWindow {
  from: Ms;
  to: Ms;
  live: boolean;
}

/** A meeting as it happens, whoever watches or reports it. */
export interface Plot extends PlotWindow {
  title: string | null;
  actors: Actor[];
}

/** A meeting as the provider counts it, from the first join until the room is empty. */
export interface Session {
  id: string;
  from: Ms;
  /** `null`: not ended when the plot ends. */
  to: Ms | null;
}

/** Somebody's bot in a meeting. */
export interface PlottedObserver {
  comesAt: Ms;
  /** `null`: still there when the plot ends, or never heard of again. */
  goesAt: Ms | null;
  goes: "told" | "ended" | "failed";
  /** When it reports that all is wound up, unless it failed. */
  woundUpAt: Ms | null;
}

/** An actor with the ids of their connections, one for each line. */
export interface SeenActor extends Actor {
  connections: string[];
}

/** A plot as one provider sees it: everything it reports is derived from this, and so is what is true. JSON-able. */
export interface Gathering {
  provider: string;
  room: string;
  title: string | null;
  actors: SeenActor[];
  /** None where the provider counts no meetings. */
  sessions: Session[];
  /** `null` where the provider sees everybody itself. */
  observer: PlottedObserver | null;
}

/** From the first join or knock until the end; `to` is `null` where it goes on when the plot ends. */
export function spanOf({ actors, sessions, observer }: Gathering): { from: Ms; to: Ms | null } {
  const times = actors.flatMap(({ stays, knocks }) => [...stays, ...knocks]);
  const begun = times.map(({ from }) => from);
  if (observer !== null) return { from: Math.min(observer.comesAt, ...begun), to: observer.goesAt };
  const from = Math.min(...begun);
  if (times.some(({ to }) => to === null)) return { from, to: null };
  return { from, to: Math.max(from, ...[...sessions, ...times].map(({ to }) => to ?? from)) };
}

/**
 * The part of a stay in `[from, to)`, or `null` for none; one that goes on at `to` ends there. A change of role
 * outside of the part is none.
 */
export function clipped(stay: PlottedStay, from: Ms, to: Ms | null): PlottedStay | null {
  const begin = Math.max(stay.from, from);
  const end = stay.to === null || to === null ? (stay.to ?? to) : Math.min(stay.to, to);
  if (end !== null && end <= begin) return null;
  const { changesAt, hostAtFirst, hostAtLast } = stay;
  const part = { ...stay, from: begin, to: end };
  if (changesAt === null) return part;
  if (changesAt <= begin) return { ...part, hostAtFirst: hostAtLast, changesAt: null };
  if (end !== null && changesAt >= end)
    return { ...part, hostAtLast: hostAtFirst, changesAt: null };
  return part;
}
