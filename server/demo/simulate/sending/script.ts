import type { Ms } from "#domain/time/ms.ts";
import { attendeeEmissions } from "#server/demo/simulate/bodies/attendee-bodies.ts";
import { dailyEmissions } from "#server/demo/simulate/bodies/daily-bodies.ts";
import type { EmittedBody } from "#server/demo/simulate/bodies/emission.ts";
import { sendings } from "#server/demo/simulate/bodies/latency.ts";
import { plotAttendee } from "#server/demo/simulate/plot/attendee-plot.ts";
import { plotDaily } from "#server/demo/simulate/plot/daily-plot.ts";
import type { Gathering, SimulatedProvider } from "#server/demo/simulate/plot/gathering.ts";
import { type Outline, outlineMeetings } from "#server/demo/simulate/plot/outline.ts";
import { type Random, randomFrom } from "#server/demo/simulate/plot/random.ts";

/** One webhook to be sent. All times are the script's own. */
export interface ScriptedDelivery {
  /** When it happened. */
  at: Ms;
  /** When it is delivered: never before it happened, sometimes after later events. */
  sendAt: Ms;
  provider: SimulatedProvider;
  /** Daily's room name, Attendee's bot id. */
  room: string;
  body: EmittedBody;
  /** The same delivery was sent before. */
  repeat: boolean;
  late: boolean;
}

/** Some meetings of both providers, and every webhook about them. JSON-able. */
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
  const random = randomFrom(`story ${seed}`);
  const ids = randomFrom(`ids ${seed} ${start}`);
  const rooms = new Map<number, string>();
  const gatherings = outlineMeetings(random, { meetings, people }, start, end).map(
    (outline, index) => plotOne(random, ids, outline, index, rooms),
  );
  const deliveries = gatherings
    .flatMap((gathering) => deliveriesOf(random, ids, gathering, start, end))
    .map((delivery) => (opensScript(delivery, start) ? atOnce(delivery) : delivery));
  return {
    seed,
    start,
    end,
    gatherings,
    deliveries: deliveries.toSorted((a, b) => a.sendAt - b.sendAt),
  };
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

/** The first join is sent at once: the person who started the simulation waits to see it, at any speed. */
function opensScript({ at, body, repeat }: ScriptedDelivery, start: Ms): boolean {
  return at === start && body["type"] === "participant.joined" && !repeat;
}

function atOnce(delivery: ScriptedDelivery): ScriptedDelivery {
  return { ...delivery, sendAt: delivery.at, late: false };
}

function plotOne(
  random: Random,
  ids: Random,
  outline: Outline,
  index: number,
  rooms: Map<number, string>,
): Gathering {
  switch (outline.kind) {
    case "sales":
    case "townhall":
      return plotAttendee(random, ids, outline, index);
    case "clinic":
    case "class":
    case "interview": {
      const room = rooms.get(outline.place) ?? `${outline.kind}-${ids.hex(6)}`;
      rooms.set(outline.place, room);
      return plotDaily(random, ids, outline, index, room);
    }
    default:
      return outline.kind satisfies never;
  }
}

function deliveriesOf(
  random: Random,
  ids: Random,
  gathering: Gathering,
  start: Ms,
  end: Ms,
): ScriptedDelivery[] {
  const { provider, room } = gathering;
  const emissions =
    gathering.provider === "daily"
      ? dailyEmissions(ids, gathering, end)
      : attendeeEmissions(ids, gathering, start, end);
  return sendings(random, emissions, end).map(
    ({ emission: { at, body }, sendAt, repeat, late }) => ({
      at,
      sendAt,
      provider,
      room,
      body,
      repeat,
      late,
    }),
  );
}

function within(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new RangeError(`${name} must be from ${least} to ${most}, not ${value}`);
}
