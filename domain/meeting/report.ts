import {
  isAboutParticipant,
  type MeetingEvent,
  type ParticipantEvent,
} from "#domain/event/event.ts";
import { type Recorded, toEvent } from "#domain/event/recorded.ts";
import type { Participant } from "#domain/participant/participant.ts";
import type { Ms } from "#domain/time/ms.ts";

/** An event as evidence: its position among the events of its meeting, and its delivery. */
export interface Report<E extends MeetingEvent = MeetingEvent> {
  seq: number;
  event: E;
  /** `null` where it came with no delivery, or the delivery is no longer stored. */
  deliveryId: string | null;
}

/** The evidence for one person's time in a meeting. */
export interface PersonReports {
  /** All events of their connections, as recorded. */
  own: Report<ParticipantEvent>[];
  /** The events of the meeting itself, as recorded. */
  ofMeeting: Report[];
  /** The latest event of the meeting, of any participant. */
  last: MeetingEvent | null;
}

/** The reports among a meeting's records for a person with these connections. */
export function reportsOf(
  records: readonly Recorded[],
  participantIds: readonly string[],
): PersonReports {
  const ids = new Set(participantIds);
  const testimony: PersonReports = { own: [], ofMeeting: [], last: null };
  // Wire times sort as text: parsing each of ten thousand would take longer than the rest.
  let last: Recorded | null = null;
  for (const record of records) {
    if (last === null || record.at > last.at) last = record;
    const { participant_id } = record;
    if (participant_id !== null && !ids.has(participant_id)) continue;
    const event = toEvent(record);
    const report = { seq: record.seq, deliveryId: record.delivery_id };
    if (isAboutParticipant(event)) testimony.own.push({ ...report, event });
    else testimony.ofMeeting.push({ ...report, event });
  }
  testimony.last = last === null ? null : toEvent(last);
  return testimony;
}

/** The events of a meeting that decide whether its open stays are over. */
export function framing({ ofMeeting, last }: PersonReports): MeetingEvent[] {
  return [...ofMeeting.map(({ event }) => event), ...(last === null ? [] : [last])];
}

/** One visit or wait of a connection, with its reports. */
export interface ReportedStay {
  kind: "visit" | "wait";
  participantId: string;
  from: Ms;
  to: Ms | null;
  /** The correction that ended a visit; `null` where none did, and for a wait. */
  ruling: string | null;
  reports: Report<ParticipantEvent>[];
}

/**
 * The stays of some connections, every report with the one stay it belongs to: joins, leaves and updates
 * with visits, knocks and their ends with waits. `aside` are those that belong to no stay.
 */
export function staysOf(
  participants: readonly Participant[],
  reports: readonly Report<ParticipantEvent>[],
): { stays: ReportedStay[]; aside: Report<ParticipantEvent>[] } {
  const own = Map.groupBy(reports, ({ event }) => event.participantId);
  const aside: Report<ParticipantEvent>[] = [];
  const stays = participants.flatMap((participant) => {
    const ownStays = bareStays(participant);
    for (const report of own.get(participant.id) ?? []) {
      (homeOf(report.event, ownStays)?.reports ?? aside).push(report);
    }
    return ownStays;
  });
  for (const { reports: stayReports } of stays)
    stayReports.sort((a, b) => a.event.at - b.event.at || a.seq - b.seq);
  return { stays, aside };
}

function bareStays({ id, visits, knocks }: Participant): ReportedStay[] {
  return [
    ...visits.map(({ joinedAt, leftAt, ruling = null }): ReportedStay => {
      return { kind: "visit", participantId: id, from: joinedAt, to: leftAt, ruling, reports: [] };
    }),
    ...knocks.map(({ startedAt, stoppedAt }): ReportedStay => {
      return {
        kind: "wait",
        participantId: id,
        from: startedAt,
        to: stoppedAt,
        ruling: null,
        reports: [],
      };
    }),
  ];
}

/**
 * The nearest stay of its kind; of those around it, the one whose beginning or end it reports. A correction
 * goes with the stay it ended, wherever that is.
 */
function homeOf(event: ParticipantEvent, stays: readonly ReportedStay[]): ReportedStay | null {
  const ended =
    event.type === "presence_ruled" && stays.find(({ ruling }) => ruling === event.ruling);
  if (ended) return ended;
  const isOfWait = event.type === "knocked" || event.type === "stopped_waiting";
  const kin = stays.filter(({ kind }) => (kind === "wait") === isOfWait);
  const isOfAny = event.type === "presence_ruled" || (kin.length === 0 && event.type === "updated");
  const candidates = isOfAny ? stays : kin;
  let home: { stay: ReportedStay; away: Ms; apart: Ms } | null = null;
  for (const stay of candidates) {
    const away = distance(event.at, stay);
    const apart = apartFrom(event, stay);
    if (home === null || away < home.away || (away === home.away && apart < home.apart)) {
      home = { stay, away, apart };
    }
  }
  return home?.stay ?? null;
}

function distance(at: Ms, { from, to }: ReportedStay): Ms {
  if (at < from) return from - at;
  return to !== null && at > to ? at - to : 0;
}

/** How far an event is from the beginning or the end that it reports, and from the beginning it repeats. */
function apartFrom(event: ParticipantEvent, { from, to }: ReportedStay): Ms {
  switch (event.type) {
    case "left":
      return Math.abs(event.at - (to ?? Infinity)) + Math.abs((event.joinedAt ?? from) - from);
    case "stopped_waiting":
      return Math.abs(event.at - (to ?? Infinity)) + Math.abs((event.startedAt ?? from) - from);
    case "joined":
    case "knocked":
    case "updated":
    case "presence_ruled":
      return Math.abs(event.at - from);
    default:
      return event satisfies never;
  }
}
