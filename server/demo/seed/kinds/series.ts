import { streamOf } from "#server/demo/world/random.ts";
import { ZONES } from "./calendar.ts";
import { openClass } from "./class.ts";
import { openClinic } from "./clinic.ts";
import type { Diary, SeriesKind, SeriesPlace } from "./diary.ts";
import { openInterviews } from "./interviews.ts";
import { openTeam } from "./team.ts";
import { openWebinar } from "./webinar.ts";

/** One series among many. Together with its history it determines everything that happens in it. */
export interface Series {
  /** The name of the whole history: another one has other people and other meetings. */
  history: string;
  kind: SeriesKind;
  /** From 0, over all kinds. */
  number: number;
}

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

/** The diary of a series. The same series always has the same diary, in any order of days. */
export function openSeries({ history, kind, number }: Series): Diary {
  const siteNumber = Math.floor(number / SERIES_OF_A_SITE);
  const context: SeriesPlace = {
    site: `${history} site ${siteNumber}`,
    name: `${history} ${kind} ${number}`,
    zone: ZONES[siteNumber % ZONES.length] ?? ZONES[0],
    random: streamOf(history, kind, number),
  };
  const tag = String(number).padStart(4, "0");
  switch (kind) {
    case "clinic":
      return openClinic(context, `clinic-${tag}`);
    case "class":
      return openClass(context, `class-${tag}`);
    case "interviews":
      return openInterviews(context, `interviews-${tag}`);
    case "team":
      return openTeam(context, `Team ${tag}`);
    case "webinar":
      return openWebinar(context, `webinar-${tag}`);
    default:
      return kind satisfies never;
  }
}
