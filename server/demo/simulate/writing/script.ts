import type { Ms } from "#domain/time/ms.ts";
import type { Gathering } from "#server/demo/world/plot.ts";
import { type Random, streamOf } from "#server/demo/world/random.ts";
import { emissionsOf } from "#server/demo/world/told.ts";
import { gatheringOf, type Place } from "./gatherings.ts";
import { sendings } from "./latency.ts";
import { outlineMeetings } from "./outline.ts";

/** One webhook to be sent. All times are the script's own. */
export interface ScriptedDelivery {
  /** When it happened. */
  at: Ms;
  /** When it is delivered: never before it happened, sometimes after later events. */
  sendAt: Ms;
  provider: string;
  /** The room's key, as its provider names it. */
  room: string;
  body: string;
  /** The same delivery was sent before. */
  repeat: boolean;
  late: boolean;
}

/** Some meetings of several providers, and every webhook about them. JSON-able. */
export interface Script {
  seed: number;
  start: Ms;
  /** Nothing happens or is delivered after this; open meetings go on. */
  end: Ms;
  /** What really happens: one gathering for each meeting, in no order. */
  gatherings: Gathering[];
  /** In order of `sendAt`. */
  deliveries: ScriptedDelivery[];
}

export interface ScriptOptions {
  seed: number;
  /** How many meetings in all; some follow each other in one room. From 1 to 200. */
  meetings: number;
  /** How many people over all meetings; at least one comes to each. At most 10,000. */
  people: number;
  /** From 1 to 480. */
  minutes: number;
  start: Ms;
}

/** Counts to show before the script is played. */
export interface ScriptCounts {
  meetings: number;
  rooms: number;
  people: number;
  deliveries: number;
  repeats: number;
  late: number;
}

/**
 * Writes a script. The same options give the same script; with another `start` the same things happen,
 * but under other ids, so that a script can be played twice against one server.
 * Throws a `RangeError` for sizes it cannot write.
 */
export function writeScript(options: ScriptOptions): Script {
  const { seed, meetings, people, minutes, start } = options;
  within("meetings", meetings, 1, 200);
  within("people", people, 1, 10_000);
  if (!Number.isInteger(meetings) || !Number.isInteger(people)) {
    throw new RangeError("meetings and people must be whole numbers");
  }
  within("minutes", minutes, 1, 480);
  const end = start + Math.round(minutes * 60_000);
  const random = streamOf("story", seed);
  const ids = streamOf("ids", seed, start);
  const places = new Map<number, Place>();
  const gatherings = outlineMeetings(random, { meetings, people }, start, end).map(
    (outline, index) => gatheringOf(random, ids, outline, index, places),
  );
  const deliveries = gatherings
    .flatMap((gathering) => deliveriesOf(random, ids, gathering, start, end))
    .toSorted((a, b) => a.sendAt - b.sendAt);
  return { seed, start, end, gatherings, deliveries };
}

export function countScript({ gatherings, deliveries }: Script): ScriptCounts {
  return {
    meetings: gatherings.length,
    rooms: new Set(gatherings.map(({ provider, room }) => `${provider} ${room}`)).size,
    people: gatherings.reduce((sum, { actors }) => sum + actors.length, 0),
    deliveries: deliveries.length,
    repeats: deliveries.filter(({ repeat }) => repeat).length,
    late: deliveries.filter(({ late }) => late).length,
  };
}

function deliveriesOf(
  random: Random,
  ids: Random,
  gathering: Gathering,
  start: Ms,
  end: Ms,
): ScriptedDelivery[] {
  const { provider, room } = gathering;
  return sendings(random, emissionsOf(ids, gathering, end), end).map(
    ({ emission: { at, body, type }, sendAt, repeat, late }) => {
      // The first join is sent at once: the person who started the simulation waits to see it, at any speed.
      const opens = at === start && type === "joined" && !repeat;
      const when = opens ? { sendAt: at, late: false } : { sendAt, late };
      return { at, ...when, provider, room, body, repeat };
    },
  );
}

function within(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new RangeError(`${name} must be from ${least} to ${most}, not ${value}`);
}
