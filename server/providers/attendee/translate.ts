import type { About, MeetingEvent } from "#domain/event/event.ts";
import { placeOf } from "#domain/meeting/same-place.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { DeliveryReading } from "#server/providers/contract/contract.ts";
import {
  instant,
  moment,
  nameOf,
  naturalKey,
  optionalKey,
  readJson,
  requiredKey,
  sha256,
  shaped,
  type Translation,
  typeName,
  Unreadable,
} from "#server/providers/contract/reading.ts";
import {
  AttendeeEnvelope,
  AttendeeParticipantEvent,
  BotMeeting,
  Kind,
  type Metadata,
  StateChange,
} from "./schema.ts";

/** Ours: Attendee sends no such webhook. */
export const BOT_MEETING = "bot.meeting";
const TITLE_LENGTH = 200;

/** One event of a body, and the key that names it, equal in every subscription that delivers it. */
interface KeyedEvent {
  event: MeetingEvent;
  key: string;
}

const NAMED = { type: "trigger", room: [["bot_id"], ["app_session_id"]] };

/** Reads a verified body of Attendee. Never throws. */
export function read(raw: Uint8Array): DeliveryReading {
  return readJson(raw, NAMED, (body) => translated(shaped(AttendeeEnvelope, body, null), raw));
}

function translated(envelope: AttendeeEnvelope, raw: Uint8Array): Translation {
  const trigger = requiredKey(envelope.trigger, "trigger");
  // The same in every retry, even when the metadata, and with it the body, has changed.
  const given = optionalKey(envelope.idempotency_key, "idempotency_key");

  const place = placeIn(
    envelope.bot_metadata?.meeting_url ?? envelope.app_session_metadata?.meeting_url,
  );
  if (trigger === BOT_MEETING) return meetingPlace(envelope, given);
  const keyed = eventOf(trigger, envelope);
  if (keyed === null) {
    const id = given ?? naturalKey("body", sha256(raw));
    return { kind: "ignored", id, occurrence: id, type: typeName(trigger) };
  }
  const title = titleIn(envelope.bot_metadata) ?? titleIn(envelope.app_session_metadata);
  const about = { room: roomIn(envelope), title, ...place, events: [keyed.event] };
  return {
    kind: "events",
    id: given ?? keyed.key,
    occurrence: keyed.key,
    type: trigger,
    about,
  };
}

/** Where a bot's meeting is, found by asking: it is told as a delivery like any other. */
function meetingPlace(envelope: AttendeeEnvelope, given: string | null): Translation {
  const room = roomIn(envelope);
  const place = placeIn(shaped(BotMeeting, envelope.data, "data").meeting_url);
  const key = naturalKey("meeting_url", room, place.place ?? "");
  const names = { id: given ?? key, occurrence: key, type: BOT_MEETING };
  if (place.place === undefined) return { kind: "ignored", ...names };
  return { kind: "events", ...names, about: { room, title: null, ...place, events: [] } };
}

function placeIn(address: string | null | undefined): { place?: string } {
  const place = address == null ? null : placeOf(address);
  return place === null ? {} : { place };
}

/** `null` for triggers that are not about attendance, unknown future ones included. */
function eventOf(trigger: string, envelope: AttendeeEnvelope): KeyedEvent | null {
  switch (trigger) {
    case "participant_events.join_leave":
      return participantEvent(envelope);
    case "bot.state_change":
      return stateChange(envelope);
    default:
      return null;
  }
}

function participantEvent(envelope: AttendeeEnvelope): KeyedEvent | null {
  switch (shaped(Kind, envelope.data, "data").event_type) {
    case "join":
      return participantKeyed(envelope, (about, at) => ({ type: "joined", at, ...about }));
    case "leave":
      return participantKeyed(envelope, (about, at) => ({
        type: "left",
        at,
        joinedAt: null,
        ...about,
      }));
    case "update":
      return participantKeyed(envelope, (about, at) => ({ type: "updated", at, ...about }));
    default:
      return null;
  }
}

function participantKeyed(
  envelope: AttendeeEnvelope,
  event: (about: About, at: Ms) => MeetingEvent,
): KeyedEvent {
  const data = shaped(AttendeeParticipantEvent, envelope.data, "data");
  const about: About = {
    participantId: requiredKey(data.participant_uuid, "data.participant_uuid"),
    userId: optionalKey(data.participant_user_uuid, "data.participant_user_uuid"),
    name: nameOf(data.participant_name),
    isHost: data.participant_is_host ?? null,
  };
  const at = moment(data.timestamp_ms, "data.timestamp_ms");
  const id = optionalKey(data.id, "data.id");
  return {
    event: event(about, at),
    key:
      id === null
        ? naturalKey(
            "participant_event",
            roomIn(envelope),
            about.participantId,
            data.event_type,
            at,
          )
        : naturalKey("participant_event", id),
  };
}

function stateChange(envelope: AttendeeEnvelope): KeyedEvent | null {
  const change = shaped(StateChange, envelope.data, "data");
  const type = observed(change);
  if (type === null) return null;

  const name = requiredKey(change.event_type, "data.event_type");
  const at = instant(requiredKey(change.created_at, "data.created_at"), "data.created_at");
  return {
    event: observation(type, at, change),
    // A state change carries no id of its own.
    key: naturalKey("state_change", roomIn(envelope), at, name),
  };
}

function observation(
  type: NonNullable<ReturnType<typeof observed>>,
  at: Ms,
  change: StateChange,
): MeetingEvent {
  switch (type) {
    case "observer_joined":
      return { type, at };
    case "observer_left":
      return { type, at, reason: reasonIn(change), ...wasOutside(change), ...removerIn(change) };
    case "data_deleted":
      return { type, at, reason: reasonIn(change) };
    default:
      return type satisfies never;
  }
}

const OUTSIDE = new Set(["ready", "scheduled", "staged", "joining", "waiting_room", "connecting"]);

/**
 * Whether the bot was outside before the change. Absent where the old state does not show it: while the bot
 * is leaving, or while its meeting is post-processed.
 */
function wasOutside({ event_type, old_state }: StateChange): { outside?: boolean } {
  if (event_type === "could_not_join_meeting" || OUTSIDE.has(old_state ?? "")) {
    return { outside: true };
  }
  return /^(joined_|connected$|(joining|leaving)_breakout_room$)/.test(old_state ?? "")
    ? { outside: false }
    : {};
}

/** Who removed the bot, or refused it. Only Teams reports it, and not always by name. */
function removerIn({ event_metadata, event_sub_type }: StateChange): {
  removed?: true;
  by?: string;
} {
  const { remover_name, remover_uuid, remover_user_uuid } = event_metadata ?? {};
  const by = nameOf(remover_name);
  const isReported = [by, remover_uuid, remover_user_uuid].some((field) => field != null);
  if (!isReported && event_sub_type !== "request_to_join_denied") return {};
  return { removed: true, ...(by !== null && { by }) };
}

/**
 * Whether the bot joined, left, or its data was deleted; `null` for other changes. The name of a change
 * decides, and for an unknown name its states do. A bot back from a breakout room had never left.
 */
function observed(
  change: StateChange,
): "observer_joined" | "observer_left" | "data_deleted" | null {
  switch (change.event_type) {
    case "joined_meeting":
    case "app_session_connected":
      return "observer_joined";
    // Several of these come one after another at the end of one meeting.
    case "left_meeting":
    case "meeting_ended":
    case "fatal_error":
    case "could_not_join_meeting":
    case "post_processing_completed":
    case "app_session_disconnected":
      return "observer_left";
    case "data_deleted":
      return "data_deleted";
    default:
      return observedByState(change);
  }
}

function observedByState({ old_state, new_state }: StateChange): ReturnType<typeof observed> {
  switch (new_state) {
    case "post_processing":
    case "ended":
    case "fatal_error":
      return "observer_left";
    case "data_deleted":
      return "data_deleted";
    default: {
      const wasOutside = old_state === "joining" || old_state === "waiting_room";
      return wasOutside && new_state?.startsWith("joined_") ? "observer_joined" : null;
    }
  }
}

function reasonIn({ event_type, event_sub_type }: StateChange): string {
  return typeName(event_sub_type ? `${event_type}/${event_sub_type}` : event_type);
}

function titleIn(metadata: Metadata): string | null {
  const { title, meeting_title, meeting_name, name, subject } = metadata ?? {};
  for (const candidate of [title, meeting_title, meeting_name, name, subject]) {
    const found = nameOf(candidate?.trim(), TITLE_LENGTH);
    if (found !== null) return found;
  }
  return null;
}

function roomIn(envelope: AttendeeEnvelope): string {
  return (
    optionalKey(envelope.bot_id, "bot_id") ??
    optionalKey(envelope.app_session_id, "app_session_id") ??
    missing("bot_id")
  );
}

function missing(field: string): never {
  throw new Unreadable(`${field} is missing`);
}
