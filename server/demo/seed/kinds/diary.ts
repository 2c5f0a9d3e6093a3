import { hostedBy } from "#server/demo/world/hosted.ts";
import { hosting, observing } from "#server/demo/world/manner.ts";
import { observedBy } from "#server/demo/world/observed.ts";
import {
  type Actor,
  type Gathering,
  type Platform,
  type PlotWindow,
  SECOND,
} from "#server/demo/world/plot.ts";
import type { Random } from "#server/demo/world/random.ts";
import type { Day, Zone } from "./calendar.ts";

/** The kinds of series, each with mostly the same people. */
export type SeriesKind = "clinic" | "class" | "interviews" | "team" | "webinar";

/** The site, the zone and the random stream of a series. */
export interface SeriesPlace {
  /** Series of one site share some of their people. */
  site: string;
  /** Names the series, for streams and rooms. */
  name: string;
  zone: Zone;
  random: Random;
}

/** The gatherings of a series on a day; none of them reaches into the next day. */
export type Diary = (day: Day) => Gathering[];

/** The providers of a history: of rooms, and of observers. */
export const [host] = hosting;
export const [observer] = observing;

type Past = Omit<PlotWindow, "live">;

/** A meeting in a room of its own provider. */
export function inRoom(random: Random, room: string, actors: Actor[], window: Past): Gathering {
  const plot = { ...window, live: false, title: null, actors };
  return hostedBy(host, random, random, plot, room);
}

/** A meeting elsewhere, to which an observer comes a little late; now and then it fails, with or without a report. */
export function watched(
  random: Random,
  title: string,
  platform: Platform,
  actors: Actor[],
  { from, to }: Past,
): Gathering {
  const comesAt = from + random.int(-40, 50) * SECOND;
  const goesAt = to + random.int(2, 40) * SECOND;
  const plot = { from, to: goesAt, live: false, title, actors };
  const odds = { comesAt, fails: 0.014, failsFrom: 0.2, vanishes: 0.006 };
  return observedBy(observer, random, random, plot, platform, odds);
}
