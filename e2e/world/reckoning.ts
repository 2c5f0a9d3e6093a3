import type { ApiHost, ApiMeeting, ApiPerson, ApiWait } from "./api.ts";

/* The numbers of a meeting's page, calculated a second time from the API's answer, in the plainest way. */

/** What happened in one meeting, as `simulate --json` reports it. */
export type ReckonedMeeting = Pick<
  ApiMeeting,
  | "room"
  | "title"
  | "status"
  | "started_at"
  | "ended_at"
  | "ended_by"
  | "present_count"
  | "waiting_count"
  | "peak"
> & {
  provider: string;
  people: (Omit<ApiPerson, "id" | "visits"> & { participants?: number })[];
  waits: Omit<ApiWait, "id" | "person_id" | "duration_is">[];
  hosts: Omit<ApiHost, "person_id">[];
};

export interface ReckonedTruth {
  as_of: string;
  meetings: ReckonedMeeting[];
}

/** The median stay of the attendees, in seconds. `null` where there are none. */
export function medianStay(attendees: readonly ApiPerson[]): number | null {
  const stays = attendees.map(({ attended_ms: ms }) => ms).toSorted((a, b) => a - b);
  const low = stays[Math.ceil(stays.length / 2) - 1];
  const high = stays[Math.floor(stays.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2000;
}

/** How many waits ended before admission, short ones apart, and of how many waits with a known outcome. */
export function leftIn(waits: readonly ApiWait[]): { left: number; entered: number } {
  const ended = (...outcomes: string[]) =>
    waits.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    left: ended("left", "came_back"),
    entered: ended("left", "came_back", "admitted"),
  };
}

/** The percentage of the time with people in or waiting in which a host was in; `null` without any host. */
export function coverOf({
  people,
  waits,
  hosts,
  as_of,
}: Pick<ApiMeeting, "people" | "waits" | "hosts" | "as_of">): number | null {
  if (hosts.length === 0) return null;
  const span = (from: string, to: string | null) => [Date.parse(from), Date.parse(to ?? as_of)];
  const hosted = hosts.map(({ from, to }) => span(from, to));
  const there = [
    ...people.flatMap(({ visits }) => visits.map((v) => span(v.joined_at, v.left_at))),
    ...waits.map((wait) => span(wait.started_at, wait.ended_at)),
  ];
  const moments = [...new Set([...hosted, ...there].flat())].toSorted((a, b) => a - b);
  let occupied = 0;
  let covered = 0;
  for (const [index, from] of moments.entries()) {
    const to = moments[index + 1] ?? from;
    const within = ([begin = 0, end = 0]: number[]) => begin <= from && to <= end;
    if (!there.some(within)) continue;
    occupied += to - from;
    if (hosted.some(within)) covered += to - from;
  }
  return (covered / occupied) * 100;
}
