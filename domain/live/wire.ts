import type { Recorded, WireSource } from "#domain/event/recorded.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { Returned } from "#domain/meeting/meeting-facts.ts";
import type { Observer } from "#domain/meeting/observer.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WireTime } from "#domain/time/wire-time.ts";
import type { WaitMetrics } from "#domain/waits/wait-metrics.ts";
import type { Recording } from "./recording.ts";

/*
 * What travels between the server and a browser, and through the API: JSON, snake_case, times as RFC 3339
 * UTC with milliseconds, durations as integer ms in `_ms`, absence as null. Both sides import this file.
 */

/** One row of the floor: a meeting as seen from outside. */
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
  /** Programs that take notes: none of the people. */
  note_taker_count: number;
  /** Who is in and host now, longest first. */
  hosts: { person_id: string; name: string | null }[];
  /** Since when people are there without a host; `null` while there is one, or nobody is there. */
  hostless_since: WireTime | null;
  /** Who is waiting, longest first. */
  waiting: WaitingNow[];
  /** Who may still be in: nobody reported that they left, and something shows that they may have. The latest first. */
  not_heard_of: { person_id: string; name: string | null; since: WireTime }[];
  /** How the bot fared that watches; `null` where none does. */
  observer: Observer | null;
}

export interface WaitingNow {
  person_id: string;
  name: string | null;
  started_at: WireTime;
  /** How often this person had waited for this meeting before. */
  returned: number;
}

/** What just happened, ready to be said in one line. */
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
    /** The bot that watches was not let in, or somebody put it out. */
    | { kind: "not_let_in" | "bot_removed"; by: string | null; reason: string | null };
}

/** What the waits since the start of the day in a zone come to by now. */
export interface Today extends WaitMetrics {
  /** IANA name. */
  time_zone: string;
  since: WireTime;
  /** The target of the service level. */
  target_ms: Ms;
}

/** Where a meeting stands among all on the floor, worst first: `domain/live/live-position.ts`. */
export interface LivePosition {
  /** 0 where somebody waits, 1 where nobody does, 2 where it has just ended; -1 is before all of them. */
  rank: -1 | 0 | 1 | 2;
  /** Since when somebody waits, or it goes on. */
  at: WireTime | null;
  id: string;
}

/** What is counted over all meetings in progress. */
export interface LiveTotals {
  meetings: number;
  present: number;
  waiting: number;
  /** Meetings where people are, and no host; and who waits there. */
  hostless: number;
  waiting_without_host: number;
  /** Since when the one waits who waits longest. */
  longest_since: WireTime | null;
}

/** The floor, as a page opens with it and as a resync brings it. */
export interface LiveSnapshot {
  as_of: WireTime;
  /** IANA name of the installation's zone. */
  time_zone: string;
  /** Meetings in progress, and those that ended within their empty gap: worst first, up to `frontier`. */
  meetings: LiveMeeting[];
  totals: LiveTotals;
  /** The place of the last meeting that was read; `null` where all were. */
  frontier: LivePosition | null;
  /** People over the last 30 minutes, by meeting id. */
  steps: Record<string, { at: WireTime; count: number }[]>;
  happened: Happening[];
  today: Today;
  /** Whether any source exists, for the first-run page, and when anything was last received from a provider. */
  sources: number;
  last_event_at: WireTime | null;
  /** Whether what providers send is kept. */
  recording: Recording;
}

export type RefusedAck = { ok: false; error: { code: string; message: string } };

export type WatchLiveAck = { ok: true; floor: LiveSnapshot } | RefusedAck;
/** `events` are those after the `after_seq` that was asked for; `into` where the meeting was merged. */
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
export type UnwatchAck = { ok: true } | RefusedAck;

export interface ClientToServer {
  /**
   * With as many meetings as `first` says, or some more; without it, with all. `today` is that of `time_zone`,
   * or else of the installation's zone.
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
  /** Without an id: everything. */
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
    /** The same in the other zones in which anybody watches. */
    elsewhere?: Today[];
    /** Only where they were counted; else they come with a later push too. */
    totals?: LiveTotals;
    /** Read with them, as the floor's own. */
    last_event_at?: WireTime | null;
    as_of: WireTime;
  }) => void;
  /** Once when somebody connects, and whenever it is another; no more often than each second. */
  "recording:changed": (push: { recording: Recording; as_of: WireTime }) => void;
  /** `gone`: something is away of which no other push can tell, on whatever page. */
  "live:resync": (why?: { gone: true }) => void;
  "meeting:merged": (push: { id: string; into: string }) => void;
}
