import { v7 as uuid } from "uuid";
import type { RecordingClient } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { eventsOfMeetings } from "#db/recording/events.ts";
import { loadCurrent } from "#db/recording/load.ts";
import { meetingAt } from "#db/recording/meetings.ts";
import { lockRoomsById } from "#db/recording/rooms.ts";
import { sourceById } from "#db/sources/sources.ts";
import {
  earliest,
  type IdentityCorrected,
  isAboutParticipant,
  type MeetingCorrected,
  type MeetingEvent,
  type ObserverCorrected,
  type PresenceCorrected,
} from "#domain/event/event.ts";
import { identityCorrectionsIn } from "#domain/identity/identity-correction.ts";
import { meetingCorrectionsIn } from "#domain/meeting/meeting-correction.ts";
import { presenceCorrectionsIn } from "#domain/participant/put-away.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { NOTHING_STALE } from "#domain/projection/news.ts";
import type { MeetingState } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { provider } from "#server/providers/providers.ts";
import {
  joinMeetings,
  type LockedMeeting,
  partMeeting,
  UnknownInMeeting,
} from "./correct-meeting.ts";
import { type NotHereCorrection, notHereEvents } from "./correct-presence.ts";
import { rulesOf } from "./known-sources.ts";
import { projectNews } from "./project-news.ts";

/** A correction as an operator enters it, or the undoing of one. */
export type CorrectionInput =
  | { verdict: "same" | "note_taker" | "person"; participantIds: string[] }
  | { verdict: "different"; participantIds: string[]; apartFrom: string[] }
  | { verdict: "joined"; other: string }
  | { verdict: "parted"; at: Ms }
  | NotHereCorrection
  | { verdict: "undone"; ruling: string };

/** A correction as it was recorded: its id, and its meeting, which may be the one it was merged into. */
export interface RecordedCorrection {
  ruling: string;
  meetingId: string;
  seq: number;
  /** Its room, as it is called. */
  room: string;
}

/**
 * Records an operator's correction among the events of a meeting and projects the meeting again. `null` where
 * there is no such meeting; throws `UnknownInMeeting` where it names a person or correction that the meeting
 * does not have, and `CorrectionImpossible` where the correction cannot be true.
 */
export async function recordCorrection(
  database: RecordingClient,
  meetingId: string,
  correction: CorrectionInput,
  by: string,
  now: Ms,
): Promise<RecordedCorrection | null> {
  if (!isUuid(meetingId)) return null;
  return database.transaction(async (tx) => {
    const found = await meetingAt(tx, meetingId);
    const [room] = found ? await lockRoomsById(tx, [found.roomId]) : [];
    // Read again under the lock: it may have been merged just before.
    const meeting = room ? await meetingAt(tx, meetingId) : null;
    const rules = room ? await rulesOfSource(database, room.sourceId) : null;
    if (!room || !meeting || !rules) return null;
    const { events, stale } = await correctionEvents(
      tx,
      { room, rules, meeting },
      correction,
      by,
      now,
    );
    const current = (await loadCurrent(tx, [room])).get(room.id) ?? null;
    const arrived = events.map((event) => ({ event, deliveryId: null }));
    const news = { ...NOTHING_STALE, room, rules, arrived, current, stale };
    const { appended } = await projectNews(tx, [news], now);
    const [first] = events;
    const recorded = appended.findLast(({ event }) => events.some((one) => one === event));
    if (!recorded || !first) throw new Error("a correction was projected and not recorded");
    return {
      ...{ ruling: first.ruling, meetingId: recorded.meetingId, seq: recorded.seq },
      room: room.title ?? room.key,
    };
  });
}

async function rulesOfSource({ orm }: RecordingClient, id: string): Promise<Rules | null> {
  const source = await sourceById(orm, id);
  const own = source && provider(source.provider);
  return source && own ? rulesOf(own, source) : null;
}

type CorrectionEvent = IdentityCorrected | MeetingCorrected | PresenceCorrected | ObserverCorrected;

/** The correction as events, of which there is at least one, and the meetings it is about. */
async function correctionEvents(
  tx: Transaction,
  locked: LockedMeeting,
  correction: CorrectionInput,
  by: string,
  now: Ms,
): Promise<{ events: CorrectionEvent[]; stale: MeetingState[] }> {
  const { meeting } = locked;
  const events = (await eventsOfMeetings(tx, [meeting.id])).map(({ event }) => event);
  switch (correction.verdict) {
    case "joined": {
      const { event, stale } = await joinMeetings(tx, locked, correction.other, by, now);
      return { events: [event], stale };
    }
    case "parted":
      return { events: [partMeeting(events, locked, correction.at, by, now)], stale: [meeting] };
    case "not_here":
      return { events: notHereEvents(events, locked, correction, by, now), stale: [meeting] };
    case "undone":
      return { events: undoing(events, correction.ruling, by, now), stale: [meeting] };
    case "same":
    case "different":
    case "note_taker":
    case "person":
      return { events: [eventOf(events, correction, by, now)], stale: [meeting] };
    default:
      return correction satisfies never;
  }
}

/** A correction may be several events: each is undone. */
function undoing(
  events: readonly MeetingEvent[],
  id: string,
  by: string,
  now: Ms,
): CorrectionEvent[] {
  const inForce = [
    ...identityCorrectionsIn(events),
    ...meetingCorrectionsIn(events),
    ...presenceCorrectionsIn(events),
  ];
  const corrections = inForce.some((one) => one.id === id)
    ? events
        .filter(isCorrection)
        .filter(({ ruling, verdict }) => ruling === id && verdict !== "undone")
    : [];
  if (corrections.length === 0) throw new UnknownInMeeting("No such ruling in force.");
  return corrections.map((event) => ({ ...event, by, ruledAt: now, verdict: "undone" }));
}

function isCorrection(event: MeetingEvent): event is CorrectionEvent {
  return "ruling" in event;
}

function eventOf(
  events: readonly MeetingEvent[],
  correction: Extract<CorrectionInput, { participantIds: string[] }>,
  by: string,
  now: Ms,
): IdentityCorrected {
  const { participantIds, verdict } = correction;
  const apartFrom = correction.verdict === "different" ? correction.apartFrom : [];
  const firstSeen = new Map<string, Ms>();
  for (const event of events) {
    if (!isAboutParticipant(event)) continue;
    const before = firstSeen.get(event.participantId) ?? Infinity;
    firstSeen.set(event.participantId, Math.min(before, earliest(event)));
  }
  let at = Infinity;
  for (const id of [...participantIds, ...apartFrom]) {
    const first = firstSeen.get(id);
    if (first === undefined) throw new UnknownInMeeting(`Nobody in this meeting is ${id}.`);
    at = Math.min(at, first);
  }
  const entered = { type: "identity_ruled", by, ruledAt: now } as const;
  return { ...entered, at, ruling: uuid(), verdict, participantIds, apartFrom };
}
