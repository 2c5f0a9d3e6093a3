import type { MeetingEvent } from "#domain/event/event.ts";
import { type Recorded, toEventData } from "#domain/event/recorded.ts";
import { liveTotalsOf } from "#domain/live/live-position.ts";
import { ALL_IS_KEPT } from "#domain/live/recording.ts";
import type { LiveMeeting, LiveSnapshot } from "#domain/live/wire.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { clock, rules } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { NO_WAITS, type WaitCount } from "#domain/waits/wait-count.ts";
import { waitMetrics } from "#domain/waits/wait-metrics.ts";
import { DEFAULT_MEASURE } from "#domain/waits/waiting-page.ts";

/** The moment at which the pages of the tests are opened. */
export const NOW: Ms = clock("10:42:10");

/** A time of that day in wire format. */
export function at(time: string): string {
  return toWireTime(clock(time));
}

/** Events as a meeting's records, in the order given. */
export function recorded(events: readonly MeetingEvent[], after = 0): Recorded[] {
  return events.map((event, index) => ({
    seq: after + index + 1,
    type: event.type,
    at: toWireTime(event.at),
    person_id: null,
    participant_id: "participantId" in event ? event.participantId : null,
    data: toEventData(event),
    delivery_id: null,
  }));
}

export function factsOf(
  events: readonly MeetingEvent[],
  given: Partial<MeetingFacts> = {},
): MeetingFacts {
  return {
    id: "m1",
    source: { id: "s1", provider: "daily", name: "Clinic" },
    room_id: "7",
    room: "algebra-2b",
    title: "Algebra II, group B",
    rules,
    seq: events.length,
    events: recorded(events),
    returned: [],
    overtaken_at: null,
    erased: null,
    as_of: toWireTime(NOW),
    time_zone: "UTC",
    ...given,
  };
}

export function summaryOf(given: Partial<LiveMeeting> = {}): LiveMeeting {
  return {
    id: "m1",
    source: { id: "s1", provider: "daily", name: "Clinic" },
    room: "algebra-2b",
    title: "Algebra II, group B",
    status: "live",
    started_at: at("10:00"),
    ended_at: null,
    seq: 1,
    present_count: 1,
    waiting_count: 0,
    note_taker_count: 0,
    people_count: 1,
    hosts: [{ person_id: "c:host", name: "R. Lindqvist" }],
    hostless_since: null,
    not_heard_of: [],
    waiting: [],
    observer: null,
    house: null,
    ...given,
  };
}

/** The waits of a day: 134 whose end is known, of them 121 admitted. */
const TODAY: WaitCount = {
  ...NO_WAITS,
  began: 138,
  admitted: 121,
  lost: 9,
  short: 2,
  cameBack: 3,
  unknown: 1,
  waiting: 2,
  admittedWithin: 117,
  leftWithin: 5,
};

export function liveSnapshotOf(given: Partial<LiveSnapshot> = {}): LiveSnapshot {
  return {
    as_of: toWireTime(NOW),
    time_zone: "UTC",
    meetings: [],
    totals: liveTotalsOf(given.meetings ?? []),
    frontier: null,
    steps: {},
    happened: [],
    today: {
      time_zone: "UTC",
      since: at("00:00"),
      target_ms: 120_000,
      ...waitMetrics(TODAY, DEFAULT_MEASURE),
    },
    sources: 1,
    last_event_at: at("10:42:08"),
    recording: ALL_IS_KEPT,
    ...given,
  };
}
