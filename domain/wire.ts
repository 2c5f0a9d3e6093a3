import type {
  IdentityCorrected,
  MeetingCorrected,
  MeetingEvent,
  MeetingEventType,
  Ms,
  ObserverCorrected,
  PresenceCorrected,
} from "./event.ts";
import type { WaitMetrics } from "./history/wait-metrics.ts";
import type { MeetingStatus } from "./meeting.ts";
import type { Observer } from "./observer.ts";
import type { Recording } from "./recording.ts";
import type { Rules } from "./rules.ts";
import { formatUtc, parseUtc } from "./time.ts";

/*
 * What travels between the server and a browser, and through the API: JSON, snake_case, times as RFC 3339
 * UTC with milliseconds, durations as integer ms in `_ms`, absence as null. Both sides import this file.
 */

/** An RFC 3339 time in UTC with milliseconds, such as `2026-11-20T10:02:11.000Z`. */
export type WireTime = string;

/** One event as it was recorded in its meeting: `seq` 1, 2, 3… without holes. */
export interface Recorded {
  seq: number;
  type: MeetingEventType;
  at: WireTime;
  person_id: string | null;
  participant_id: string | null;
  data: EventData;
  /** `null` where the delivery is no longer kept. */
  delivery_id: string | null;
}

/** Whatever an event carries besides its type, time and participant; absent and null mean the same. */
export interface EventData {
  user_id?: string | null;
  name?: string | null;
  is_host?: boolean | null;
  joined_at?: WireTime | null;
  inferred?: true;
  listed?: true;
  started_at?: WireTime | null;
  provider_meeting_id?: string | null;
  reason?: string | null;
  ruling?: string;
  verdict?:
    | IdentityCorrected["verdict"]
    | MeetingCorrected["verdict"]
    | PresenceCorrected["verdict"];
  from?: WireTime;
  since?: WireTime;
  exact?: boolean;
  participant_ids?: string[];
  apart_from?: string[];
  by?: string;
  outside?: boolean;
  removed?: true;
  ruled_at?: WireTime;
}

export interface WireSource {
  id: string;
  provider: string;
  name: string;
  /** Of a demonstration: nobody in it is real. */
  demo?: true;
}

/** What a source is called outside, of a row that says more of it. */
export function wireSource({
  id,
  provider,
  name,
  demo,
}: {
  id: string;
  provider: string;
  name: string;
  demo?: boolean | null;
}): WireSource {
  return { id, provider, name, ...(demo === true && { demo }) };
}

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

/** Where a meeting stands among all on the floor, worst first: `domain/live-position.ts`. */
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

/** A wait that ended without admission and whose person was admitted to a later meeting of the room that day. */
export interface Returned {
  participant_id: string;
  started_at: WireTime;
}

/** What is left of a meeting whose people and events were erased, and why they were. */
export interface Erased {
  at: WireTime;
  reason: string | null;
  started_at: WireTime | null;
  ended_at: WireTime | null;
  people_count: number;
  /** Waits, as of any meeting. */
  left_before_admitted_count: number;
  observer: Observer | null;
  peak: { count: number; at: WireTime } | null;
}

/** A meeting as a page opens with it: what never changes, and all its events. */
export interface MeetingFacts {
  id: string;
  source: WireSource;
  room_id: string;
  room: string;
  title: string | null;
  rules: Rules;
  /** The `seq` of the last event in `events`. */
  seq: number;
  events: Recorded[];
  returned: Returned[];
  /** When the provider began another meeting in the room; only where that is what ended this one. */
  overtaken_at: WireTime | null;
  erased: Erased | null;
  as_of: WireTime;
  time_zone: string;
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

export function toWireTime(at: Ms): WireTime;
export function toWireTime(at: Ms | null): WireTime | null;
export function toWireTime(at: Ms | null): WireTime | null {
  return at === null ? null : formatUtc(at);
}

/** Throws on anything that is not a time: wire times come from our own server. */
export function fromWireTime(time: WireTime): Ms {
  const at = parseUtc(time);
  if (at === null) throw new TypeError(`not a wire time: ${time}`);
  return at;
}

/** One event on the wire, without its place in a meeting. */
export function toEventData(event: MeetingEvent): EventData {
  switch (event.type) {
    case "knocked":
    case "joined":
    case "updated":
      return about(event);
    case "left":
      return {
        ...about(event),
        joined_at: toWireTime(event.joinedAt),
        ...(event.inferred && { inferred: event.inferred }),
      };
    case "stopped_waiting":
      return { ...about(event), started_at: toWireTime(event.startedAt) };
    case "meeting_started":
      return { provider_meeting_id: event.providerMeetingId };
    case "meeting_ended":
      return {
        provider_meeting_id: event.providerMeetingId,
        started_at: toWireTime(event.startedAt),
        ...(event.listed && { listed: event.listed }),
      };
    case "observer_joined":
      return {};
    case "observer_left":
      return {
        reason: event.reason,
        ...(event.outside !== undefined && { outside: event.outside }),
        ...(event.removed && { removed: event.removed }),
        ...(event.by !== undefined && { by: event.by }),
      };
    case "data_deleted":
      return { reason: event.reason };
    case "identity_ruled":
      return {
        ruling: event.ruling,
        verdict: event.verdict,
        participant_ids: event.participantIds,
        apart_from: event.apartFrom,
        by: event.by,
        ruled_at: toWireTime(event.ruledAt),
      };
    case "meeting_ruled":
      return {
        ruling: event.ruling,
        verdict: event.verdict,
        from: toWireTime(event.from),
        by: event.by,
        ruled_at: toWireTime(event.ruledAt),
      };
    case "presence_ruled":
      return { ...putAway(event), exact: event.exact };
    case "observer_ruled":
      return putAway(event);
    default:
      return event satisfies never;
  }
}

/** The fact a record holds. */
export function toEvent(
  record: Pick<Recorded, "type" | "at" | "participant_id" | "data">,
): MeetingEvent {
  const { type, data } = record;
  const at = fromWireTime(record.at);
  const who = {
    participantId: record.participant_id ?? "",
    userId: data.user_id ?? null,
    name: data.name ?? null,
    isHost: data.is_host ?? null,
  };
  switch (type) {
    case "knocked":
    case "joined":
    case "updated":
      return { type, at, ...who };
    case "left":
      return {
        type,
        at,
        ...who,
        joinedAt: time(data.joined_at),
        ...(data.inferred && { inferred: data.inferred }),
      };
    case "stopped_waiting":
      return { type, at, ...who, startedAt: time(data.started_at) };
    case "meeting_started":
      return { type, at, providerMeetingId: data.provider_meeting_id ?? null };
    case "meeting_ended":
      return {
        type,
        at,
        providerMeetingId: data.provider_meeting_id ?? null,
        startedAt: time(data.started_at),
        ...(data.listed && { listed: data.listed }),
      };
    case "observer_joined":
      return { type, at };
    case "observer_left":
      return {
        type,
        at,
        reason: data.reason ?? null,
        ...(data.outside !== undefined && { outside: data.outside }),
        ...(data.removed && { removed: data.removed }),
        ...(data.by !== undefined && { by: data.by }),
      };
    case "data_deleted":
      return { type, at, reason: data.reason ?? null };
    case "identity_ruled":
      return {
        type,
        at,
        ruling: data.ruling ?? "",
        verdict:
          isOnMeeting(data.verdict) || data.verdict === "not_here"
            ? "undone"
            : (data.verdict ?? "undone"),
        participantIds: data.participant_ids ?? [],
        apartFrom: data.apart_from ?? [],
        by: data.by ?? "",
        ruledAt: time(data.ruled_at) ?? at,
      };
    case "meeting_ruled":
      return {
        type,
        at,
        from: time(data.from) ?? at,
        ruling: data.ruling ?? "",
        verdict: isOnMeeting(data.verdict) ? data.verdict : "undone",
        by: data.by ?? "",
        ruledAt: time(data.ruled_at) ?? at,
      };
    case "presence_ruled":
      return { type, at, ...who, ...putAwayIn(data, at), exact: data.exact ?? false };
    case "observer_ruled":
      return { type, at, ...putAwayIn(data, at) };
    default:
      return type satisfies never;
  }
}

function isOnMeeting(verdict: EventData["verdict"]): verdict is "joined" | "parted" {
  return verdict === "joined" || verdict === "parted";
}

function putAway({ ruling, verdict, since, by, ruledAt }: PresenceCorrected | ObserverCorrected) {
  return { ruling, verdict, since: toWireTime(since), by, ruled_at: toWireTime(ruledAt) };
}

function putAwayIn({ ruling = "", verdict, since, by = "", ruled_at }: EventData, at: Ms) {
  const said = verdict === "not_here" ? verdict : ("undone" as const);
  return { ruling, verdict: said, since: time(since) ?? at, by, ruledAt: time(ruled_at) ?? at };
}

function about(event: {
  userId: string | null;
  name: string | null;
  isHost: boolean | null;
}): EventData {
  return { user_id: event.userId, name: event.name, is_host: event.isHost };
}

function time(value: WireTime | null | undefined): Ms | null {
  return value == null ? null : fromWireTime(value);
}
