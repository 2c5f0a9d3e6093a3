import type { Gathering } from "#server/demo/simulate/plot/gathering.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";
import { type Day, ZONES, type Zone } from "./calendar.ts";
import { streamOf } from "./chance.ts";
import { openClass } from "./class.ts";
import { openClinic } from "./clinic.ts";
import { openInterviews } from "./interviews.ts";
import { openTeam } from "./team.ts";
import { openWebinar } from "./webinar.ts";

/** What is held again and again, by the same people more or less. */
export type SeriesKind = "clinic" | "class" | "interviews" | "team" | "webinar";

/** One series among many; with the history it belongs to it says everything that will ever happen in it. */
export interface Series {
  /** The name of the whole history: another one has other people and other stories. */
  history: string;
  kind: SeriesKind;
  /** From 0, over all kinds. */
  number: number;
}

/** Where and among whom a series is held. */
export interface SeriesPlace {
  /** Series of one site share some of their people. */
  site: string;
  /** Names the series, for streams and rooms. */
  name: string;
  zone: Zone;
  random: Random;
}

/** What happens in a series on a day; nothing of it reaches into the next. */
export type Diary = (day: Day) => Gathering[];

/** In the order in which series are added to a history, so that a short one has all kinds. */
const ORDER: readonly SeriesKind[] = [
  "clinic",
  "class",
  "team",
  "interviews",
  "webinar",
  "clinic",
  "class",
  "clinic",
  "team",
  "class",
  "clinic",
  "class",
];
const SERIES_OF_A_SITE = ORDER.length * 2;

/** The first series of a history, without end. */
export function* seriesOf(history: string): Generator<Series> {
  for (let number = 0; ; number += 1) {
    const kind = ORDER[number % ORDER.length] ?? "clinic";
    yield { history, kind, number };
  }
}

/** The diary of a series. The same series has the same, on whichever days it is looked up. */
export function openSeries({ history, kind, number }: Series): Diary {
  const siteNumber = Math.floor(number / SERIES_OF_A_SITE);
  const place: SeriesPlace = {
    site: `${history} site ${siteNumber}`,
    name: `${history} ${kind} ${number}`,
    zone: ZONES[siteNumber % ZONES.length] ?? ZONES[0],
    random: streamOf(history, kind, number),
  };
  const tag = String(number).padStart(4, "0");
  switch (kind) {
    case "clinic":
      return openClinic(place, `clinic-${tag}`);
    case "class":
      return openClass(place, `class-${tag}`);
    case "interviews":
      return openInterviews(place, `interviews-${tag}`);
    case "team":
      return openTeam(place, `Team ${tag}`);
    case "webinar":
      return openWebinar(place, `webinar-${tag}`);
    default:
      return kind satisfies never;
  }
}
