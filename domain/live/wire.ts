import type { AskedActs } from "#domain/desk/acts/asked-act.ts";
import type { OpenAlerts } from "#domain/desk/alerts/wire.ts";
import type { HouseRules } from "#domain/desk/groups/house-rules.ts";
import type { Recorded, WireSource } from "#domain/event/recorded.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { Returned } from "#domain/meeting/meeting-facts.ts";
import type { Observer } from "#domain/meeting/observer.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WireTime } from "#domain/time/wire-time.ts";
import type { WaitingNow } from "#domain/waits/handling-wire.ts";
import type { WaitMetrics } from "#domain/waits/wait-metrics.ts";
import type { DeskChange, DeskSnapshot } from "./desk-wire.ts";
import type { Recording } from "./recording.ts";

/*
 * What travels between the server and a browser, and through the API: JSON, snake_case, times as RFC 3339
 * UTC with milliseconds, durations as integer ms in `_ms`, absence as null. Both sides import this file.
 */

/** The version of the live channel. Only what a client of the version before cannot read raises it. */
export const PROTOCOL = 1;

/** How a client is refused that speaks a version which the server does not. */
export const UNSUPPORTED_PROTOCOL = "unsupported_protocol";

/** What comes with that refusal: the versions the server speaks, and what to do, as a sentence. */
export interface ProtocolRefusal {
  speaks: number[];
  advice: string;
}

/** One row of the live page: a meeting in short. */
export interface LiveMeeting {
  id: string;
  source: WireSource;
  room: string;
  title: string | null;
  status: MeetingStatus;
  started_at: WireTime | null;
  ended_at: WireTime | null;
  seq: number;
  present_count: number;
  waiting_count: number;
  people_count: number;
  /** Programs that take notes; they do not count as people. */
  note_taker_count: number;
  /** The hosts who are in now, longest first. */
  hosts: { person_id: string; name: string | null }[];
  /** Since when people are there without a host; `null` while there is a host, or no people. */
  hostless_since: WireTime | null;
  /** The people who are waiting, longest first. */
  waiting: WaitingNow[];
  /**
   * People who may still be in: no leave was reported, and something shows that they may have left. The
   * latest first.
   */
  not_heard_of: { person_id: string; name: string | null; since: WireTime }[];
  /** The state of the observing bot; `null` where there is none. */
  observer: Observer | null;
  /** Its groups, opening hours and limits; `null` where the house says nothing of its room. */
  house: HouseRules | null;
}

/** Something that just happened, ready for one line of text. */
export interface Happening {
  /** Unique: the meeting's id and the event's seq. */
  id: string;
  meeting_id: string;
  meeting: string;
  at: WireTime;
  person_id: string | null;
  name: string | null;
  what:
    | { kind: "joined" }
    | { kind: "admitted"; waited_ms: Ms }
    | { kind: "reconnected"; away_ms: Ms }
    | { kind: "came_back"; away_ms: Ms }
    | { kind: "left"; attended_ms: Ms }
    | { kind: "waiting" }
    | { kind: "left_before_admitted"; waited_ms: Ms; short: boolean }
    | { kind: "host_changed"; is_host: boolean }
    | { kind: "meeting_started" }
    | { kind: "meeting_ended" }
    /** The observing bot was not let in, or was removed. */
    | { kind: "not_let_in" | "bot_removed"; by: string | null; reason: string | null };
}

/** The wait metrics since the start of the day in a zone. */
export interface Today extends WaitMetrics {
  /** IANA name. */
  time_zone: string;
  since: WireTime;
  /** The target of the service level. */
  target_ms: Ms;
}

/** The position of a meeting among all on the live page, worst first: `domain/live/live-position.ts`. */
export interface LivePosition {
  /** 0 with a person waiting, 1 without, 2 where it has just ended; -1 is before all of them. */
  rank: -1 | 0 | 1 | 2;
  /** Since when the person waits, or the meeting goes on. */
  at: WireTime | null;
  id: string;
}

/** What is counted over all meetings in progress. */
export interface LiveTotals {
  meetings: number;
  present: number;
  waiting: number;
  /** Meetings with people and without a host; and how many wait there. */
  hostless: number;
  waiting_without_host: number;
  /** When the longest open wait began. */
  longest_since: WireTime | null;
}

/** The live snapshot, as a page opens with it and as a resync brings it. */
export interface LiveSnapshot {
  as_of: WireTime;
  /** IANA name of the installation's zone. */
  time_zone: string;
  /** Meetings in progress, and those that ended within their empty gap: worst first, up to `frontier`. */
  meetings: LiveMeeting[];
  totals: LiveTotals;
  /** The position of the last meeting that was read; `null` where all were read. */
  frontier: LivePosition | null;
  /** People over the last 30 minutes, by meeting id. */
  steps: Record<string, { at: WireTime; count: number }[]>;
  happened: Happening[];
  today: Today;
  /** The number of sources, for the first-run page, and when anything was last received from a provider. */
  sources: number;
  last_event_at: WireTime | null;
  /** Whether what providers send is stored. */
  recording: Recording;
}

export type RefusedAck = { ok: false; error: { code: string; message: string } };

export type WatchLiveAck = { ok: true; floor: LiveSnapshot } | RefusedAck;
/** `events` are those after the requested `after_seq`; `into` where the meeting was merged. */
export type WatchMeetingAck =
  | {
      ok: true;
      id: string;
      seq: number;
      events: Recorded[];
      returned: Returned[];
      overtaken_at: WireTime | null;
      as_of: WireTime;
    }
  | { ok: true; id: string; into: string }
  | RefusedAck;
export type WatchDeskAck = { ok: true; desk: DeskSnapshot } | RefusedAck;
export type UnwatchAck = { ok: true } | RefusedAck;

export interface ClientToServer {
  /**
   * With at least as many meetings as `first`, or some more; without it, with all. `today` is that of
   * `time_zone`, or else of the installation's zone.
   */
  "watch:floor": (
    ...request:
      | [ack: (answer: WatchLiveAck) => void]
      | [request: { first: number; time_zone?: string }, ack: (answer: WatchLiveAck) => void]
  ) => void;
  "watch:meeting": (
    request: { id: string; after_seq: number },
    ack: (answer: WatchMeetingAck) => void,
  ) => void;
  /** The desk of today in a zone, by default the installation's. */
  "watch:desk": (request: { time_zone?: string }, ack: (answer: WatchDeskAck) => void) => void;
  /** Without an id: stop watching everything. With `desk` as its id: the desk. */
  unwatch: (request: { id?: string }, ack: (answer: UnwatchAck) => void) => void;
}

export interface ServerToClient {
  /** `returned` and `overtaken_at` only where they changed. */
  "meeting:events": (push: {
    id: string;
    events: Recorded[];
    returned?: Returned[];
    overtaken_at?: WireTime | null;
    as_of: WireTime;
  }) => void;
  "floor:changed": (push: {
    summaries: LiveMeeting[];
    happened: Happening[];
    /** `null` where they come with a later push. */
    today: Today | null;
    /** The same in the other zones that connected browsers watch. */
    elsewhere?: Today[];
    /** Only where they were counted; else a later push brings them too. */
    totals?: LiveTotals;
    /** Read together with the totals, as in the live snapshot. */
    last_event_at?: WireTime | null;
    as_of: WireTime;
  }) => void;
  "desk:changed": (change: DeskChange) => void;
  /** Once on connecting, and after each change; at most once a second. */
  "recording:changed": (push: { recording: Recording; as_of: WireTime }) => void;
  /** All alerts that are not over: once on connecting, and whenever one changed. */
  "alerts:changed": (open: OpenAlerts) => void;
  /** All that was asked of providers and is not reported: once on connecting, and whenever it changed. */
  "acts:changed": (asked: AskedActs) => void;
  /** `gone`: something was removed that no other push reports, on any page. */
  "live:resync": (why?: { gone: true }) => void;
  "meeting:merged": (push: { id: string; into: string }) => void;
}
