import type { Gathering } from "#server/demo/simulate/plot/gathering.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";
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
