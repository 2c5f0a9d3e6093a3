import type { SourceNumbers } from "#db/live/by-source.ts";
import type { StoppedRooms, UnprojectedCount } from "#db/recording/unprojected.ts";
import type { Ms } from "#domain/time/ms.ts";
import { gauge, type MetricFamily, type Sample } from "./family.ts";

/** What goes on in the meetings of each source: the same from every process on a database. */
export function sourceFamilies(sources: readonly SourceNumbers[], now: Ms): MetricFamily[] {
  const each = (numberOf: (source: SourceNumbers) => number | null): Sample[] =>
    sources.flatMap((source) => {
      const value = numberOf(source);
      return value === null ? [] : [{ labels: { source: source.id }, value }];
    });
  const secondsSince = (at: Ms | null) => (at === null ? 0 : Math.max(0, now - at) / 1_000);
  return [
    gauge(
      "rollcall_source_info",
      "1 for each source, with its provider and its name, to join to the other metrics.",
      sources.map(({ id, provider, name, isDemo }) => ({
        labels: { source: id, provider, name, demo: String(isDemo) },
        value: 1,
      })),
    ),
    gauge(
      "rollcall_source_paused",
      "1 where the source is paused and takes no webhooks.",
      each(({ isPaused }) => Number(isPaused)),
    ),
    gauge(
      "rollcall_meetings_in_progress",
      "Meetings that go on, or in which somebody waits.",
      each(({ meetings }) => meetings),
    ),
    gauge(
      "rollcall_people_in_meetings",
      "People who are in meetings, without those who wait and without note-takers.",
      each(({ present }) => present),
    ),
    gauge(
      "rollcall_people_waiting",
      "People who wait to be let in.",
      each(({ waiting }) => waiting),
    ),
    gauge(
      "rollcall_longest_wait_seconds",
      "Seconds that whoever waits longest has waited; 0 where nobody waits.",
      each(({ longestSince }) => secondsSince(longestSince)),
    ),
    gauge(
      "rollcall_left_before_admitted_today",
      "Waits since midnight in the installation's time zone that were left before admission, short ones apart.",
      each(({ leftToday }) => leftToday),
    ),
    gauge(
      "rollcall_last_delivery_timestamp_seconds",
      "When the last webhook of the source was stored, in seconds since 1970; absent before the first.",
      each(({ lastReceivedAt }) => lastReceivedAt && lastReceivedAt.getTime() / 1_000),
    ),
  ];
}

/** What of all that is stored is not projected yet: the same from every process on a database. */
export function unprojectedFamilies(
  { count, oldestAt }: UnprojectedCount,
  stopped: StoppedRooms | null,
  now: Ms,
): MetricFamily[] {
  return [
    gauge("rollcall_unprojected", "Stored webhooks that are not projected yet.", count),
    gauge(
      "rollcall_oldest_unprojected_seconds",
      "Seconds since the first of them was stored; 0 where there are none.",
      oldestAt === null ? 0 : Math.max(0, now - oldestAt) / 1_000,
    ),
    gauge(
      "rollcall_stopped_rooms",
      "Rooms that are not projected, because an event in them cannot be read.",
      stopped?.rooms ?? 0,
    ),
  ];
}
