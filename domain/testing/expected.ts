import type { ExpectedFacts } from "#domain/scheduled/attendance.ts";
import type { ExpectedPerson } from "#domain/scheduled/scheduled.ts";
import type { SeenInMeeting } from "#domain/scheduled/seen.ts";
import type { Ms } from "#domain/time/ms.ts";
import { clock } from "./history.ts";

/** Ten to eleven, late after five minutes, the verdict after five. */
export const TIMES = {
  startsAt: clock("10:00"),
  endsAt: clock("11:00"),
  lateAfterMs: 5 * 60_000,
  verdictAfterMs: 5 * 60_000,
};

/** A roster; who is written with a `*` hosts. */
export function roster(
  ...lines: (string | (Partial<ExpectedPerson> & { name: string | null }))[]
): ExpectedPerson[] {
  return lines.map((line, index) => {
    const given = typeof line === "string" ? { name: line.replace("*", "") } : line;
    const role = typeof line === "string" && line.endsWith("*") ? "host" : "guest";
    return { position: index + 1, userId: null, email: null, role, ...given };
  });
}

type Period = readonly [from: string, to: string | null];
const moment = (time: string | null): Ms | null => (time === null ? null : clock(time));

/** A person of a meeting, with when they were in, waited and hosted. */
export function seen(
  name: string | null,
  {
    meeting = "m1",
    user = null,
    in: inside = [],
    waits = [],
    hosts = [],
    id = `${user ?? name}`,
    joined = null,
  }: {
    meeting?: string;
    user?: string | null;
    in?: Period[];
    waits?: Period[];
    hosts?: Period[];
    id?: string;
    joined?: SeenInMeeting["joined"];
  },
): SeenInMeeting {
  return {
    meetingId: meeting,
    personId: id,
    name,
    userId: user,
    visits: inside.map(([from, to]) => ({
      joinedAt: clock(from),
      leftAt: moment(to),
      start: "reported" as const,
      end: to === null ? null : ("reported" as const),
    })),
    waits: waits.map(([from, to]) => ({ startedAt: clock(from), endedAt: moment(to) })),
    tenures: hosts.map(([from, to]) => ({ from: clock(from), to: moment(to), inferred: false })),
    joined,
  };
}

export function facts(roster: ExpectedPerson[], ...seen: SeenInMeeting[]): ExpectedFacts {
  return { times: TIMES, roster, aliases: [], seen, graceMs: 30_000 };
}
