import type { Ms } from "#domain/time/ms.ts";
import { streamOf } from "#server/demo/world/random.ts";
import { DAY, HOUR } from "./kinds/calendar.ts";
import { type Diary, host, observer, type SeriesKind } from "./kinds/diary.ts";
import { openSeries, seriesOf } from "./kinds/series.ts";

/** The days of a history. Each is named by its first moment in UTC. */
export interface Days {
  first: Ms;
  last: Ms;
}

/** A series with its diary, and the sources to which its webhooks go. */
export interface OpenSeries {
  name: string;
  diary: Diary;
  /** Ids of sources, by the name of their provider. */
  sources: ReadonlyMap<string, string>;
}

/** A provider account to which seeded webhooks went. */
export interface SeededSource {
  id: string;
  provider: string;
  name: string;
}

type Organisation = "Clinic" | "School" | "Company";

const ACCOUNTS: readonly [Organisation, provider: string][] = [
  ["Clinic", host.provider.name],
  ["School", host.provider.name],
  ["Company", host.provider.name],
  ["Company", observer.provider.name],
];

/** The name from which everything in the history of a seed is drawn: its people, events and ids. */
export function historyName(seed: number): string {
  return `seed ${seed}`;
}

/** Every source of the history of a seed. The same seed has the same ids. */
export function sourcesOfSeed(seed: number): SeededSource[] {
  return ACCOUNTS.map(([organisation, provider]) => ({
    id: sourceId(historyName(seed), organisation, provider),
    provider,
    name: `Seed ${seed} ${organisation}`,
  }));
}

/** The first `count` series of the history of a seed. */
export function openHistory(seed: number, count: number): OpenSeries[] {
  const name = historyName(seed);
  return seriesOf(name)
    .take(count)
    .map((series) => {
      const organisation = organisationOf(series.kind);
      return {
        name: `${series.kind} ${series.number}`,
        diary: openSeries(series),
        sources: new Map(
          ACCOUNTS.filter(([of]) => of === organisation).map(([of, provider]) => [
            provider,
            sourceId(name, of, provider),
          ]),
        ),
      };
    })
    .toArray();
}

function sourceId(history: string, organisation: Organisation, provider: string): string {
  return streamOf(history, "source", organisation, provider).uuid();
}

function organisationOf(kind: SeriesKind): Organisation {
  switch (kind) {
    case "clinic":
      return "Clinic";
    case "class":
      return "School";
    case "interviews":
    case "team":
    case "webinar":
      return "Company";
    default:
      return kind satisfies never;
  }
}

/** The latest day that is over in every zone, its late deliveries included. */
export function lastDayBefore(now: Ms): Ms {
  return Math.floor((now - 12 * HOUR) / DAY) * DAY - DAY;
}
