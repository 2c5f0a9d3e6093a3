import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime, toWireTime, type WireTime } from "#domain/time/wire-time.ts";
import type {
  IdentityCorrected,
  MeetingCorrected,
  MeetingEvent,
  MeetingEventType,
  ObserverCorrected,
  PresenceCorrected,
} from "./event.ts";

/** One event as it was recorded in its meeting: `seq` 1, 2, 3… without holes. */
export interface Recorded {
  seq: number;
  type: MeetingEventType;
  at: WireTime;
  person_id: string | null;
  participant_id: string | null;
  data: EventData;
  /** `null` where the delivery is no longer stored. */
  delivery_id: string | null;
}

/** What an event carries besides its type, time and participant; absent and null mean the same. */
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
  /** Part of a demonstration: none of its people is real. */
  demo?: true;
}

/** The public form of a source, from a row with more columns. */
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

/** One event on the wire, without its position in a meeting. */
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

/** The event in a record. */
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
  const stated = verdict === "not_here" ? verdict : ("undone" as const);
  return { ruling, verdict: stated, since: time(since) ?? at, by, ruledAt: time(ruled_at) ?? at };
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
