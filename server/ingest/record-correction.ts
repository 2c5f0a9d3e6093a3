import { v7 as uuid } from "uuid";
import type { Database } from "#db/connection/client.ts";
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
import { byHandIn } from "#domain/participant/put-away.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { NOTHING_OLD } from "#domain/projection/news.ts";
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

/** What an operator says of who is who or what in a meeting, or takes back. */
export type CorrectionInput =
  | { verdict: "same" | "note_taker" | "person"; participantIds: string[] }
  | { verdict: "different"; participantIds: string[]; apartFrom: string[] }
  | { verdict: "joined"; other: string }
  | { verdict: "parted"; at: Ms }
  | NotHereCorrection
  | { verdict: "undone"; ruling: string };

/** Where a word was filed: its ruling, and its meeting, which may have been merged meanwhile. */
export interface RecordedCorrection {
  ruling: string;
  meetingId: string;
  seq: number;
}

/**
 * Files an operator's word among the facts of a meeting and tells the meeting again. `null` where there
 * is no such meeting; throws `UnknownInMeeting` where it speaks of somebody who was not there, and
 * `NotToBeSaid` where meetings cannot be joined or parted so.
 */
export async function recordCorrection(
  database: Database,
  meetingId: string,
  correction: CorrectionInput,
  by: string,
  now: Ms,
): Promise<RecordedCorrection | null> {
  if (!isUuid(meetingId)) return null;
  return database.transaction(async (tx) => {
    const found = await meetingAt(tx, meetingId);
    const [room] = found ? await lockRoomsById(tx, [found.roomId]) : [];
    // Again, under the lock: it may have been merged just then.
    const meeting = room ? await meetingAt(tx, meetingId) : null;
    const rules = room ? await rulesOfSource(database, room.sourceId) : null;
    if (!room || !meeting || !rules) return null;
    const { events, stale } = await heard(tx, { room, rules, meeting }, correction, by, now);
    const current = (await loadCurrent(tx, [room])).get(room.id) ?? null;
    const arrived = events.map((event) => ({ event, deliveryId: null }));
    const news = { ...NOTHING_OLD, room, rules, arrived, current, stale };
    const { appended } = await projectNews(tx, [news], now);
    const [said] = events;
    const filed = appended.findLast(({ event }) => events.some((one) => one === event));
    if (!filed || !said) throw new Error("a word was told and not filed");
    return { ruling: said.ruling, meetingId: filed.meetingId, seq: filed.seq };
  });
}

async function rulesOfSource({ orm }: Database, id: string): Promise<Rules | null> {
  const source = await sourceById(orm, id);
  const own = source && provider(source.provider);
  return source && own ? rulesOf(own, source) : null;
}

type SaidEvent = IdentityCorrected | MeetingCorrected | PresenceCorrected | ObserverCorrected;

/** The word as events, of which there is at least one, and the meetings it is about. */
async function heard(
  tx: Transaction,
  place: LockedMeeting,
  correction: CorrectionInput,
  by: string,
  now: Ms,
): Promise<{ events: SaidEvent[]; stale: MeetingState[] }> {
  const { meeting } = place;
  const events = (await eventsOfMeetings(tx, [meeting.id])).map(({ event }) => event);
  switch (correction.verdict) {
    case "joined": {
      const { event, stale } = await joinMeetings(tx, place, correction.other, by, now);
      return { events: [event], stale };
    }
    case "parted":
      return { events: [partMeeting(events, place, correction.at, by, now)], stale: [meeting] };
    case "not_here":
      return { events: notHereEvents(events, place, correction, by, now), stale: [meeting] };
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

/** A word may be several events: each is taken back. */
function undoing(events: readonly MeetingEvent[], id: string, by: string, now: Ms): SaidEvent[] {
  const words = [
    ...identityCorrectionsIn(events),
    ...meetingCorrectionsIn(events),
    ...byHandIn(events),
  ];
  const given = words.some((one) => one.id === id)
    ? events.filter(isWord).filter(({ ruling, verdict }) => ruling === id && verdict !== "undone")
    : [];
  if (given.length === 0) throw new UnknownInMeeting("No such ruling in force.");
  return given.map((event) => ({ ...event, by, ruledAt: now, verdict: "undone" }));
}

function isWord(event: MeetingEvent): event is SaidEvent {
  return "ruling" in event;
}

function eventOf(
  events: readonly MeetingEvent[],
  word: Extract<CorrectionInput, { participantIds: string[] }>,
  by: string,
  now: Ms,
): IdentityCorrected {
  const said = { type: "identity_ruled", by, ruledAt: now } as const;
  const { participantIds } = word;
  const apartFrom = word.verdict === "different" ? word.apartFrom : [];
  const seen = new Map<string, Ms>();
  for (const event of events) {
    if (!isAboutParticipant(event)) continue;
    const known = seen.get(event.participantId) ?? Infinity;
    seen.set(event.participantId, Math.min(known, earliest(event)));
  }
  let at = Infinity;
  for (const id of [...participantIds, ...apartFrom]) {
    const first = seen.get(id);
    if (first === undefined) throw new UnknownInMeeting(`Nobody in this meeting is ${id}.`);
    at = Math.min(at, first);
  }
  return { ...said, at, ruling: uuid(), verdict: word.verdict, participantIds, apartFrom };
}
