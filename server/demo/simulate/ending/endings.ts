import type { About, MeetingEvent } from "#domain/event/event.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { type OpenStay, openStaysOf } from "#domain/meeting/open-now.ts";
import { partMeetings } from "#domain/meeting/room.ts";
import { DEFAULT_EMPTY_GAP_MS, DEFAULT_GRACE_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Parcel } from "#server/demo/simulate/sending/send.ts";
import { mannerNamed } from "#server/demo/world/manner.ts";
import { streamOf } from "#server/demo/world/random.ts";
import { rulesOf } from "#server/ingest/known-sources.ts";
import type { ObserverHabits, Provider } from "#server/providers/contract/contract.ts";

/** A webhook that was taken, and the room it is about. */
export interface Taken extends Parcel {
  room: string;
}

/** How an open room is ended: first all people leave, and then its meetings end. */
export interface RoomEnding {
  provider: string;
  room: string;
  /** Whether a meeting goes on there; else only the provider's report of its end was missing. */
  isOpen: boolean;
  leaves: { body: string; person: string }[];
  ends: string[];
}

/**
 * The webhooks that the providers send when all people leave at `at` and every meeting ends, derived from those
 * that were taken, which all happened before. Rooms in which nothing is open are left out.
 */
export function endingsOf(taken: readonly Taken[], at: Ms): RoomEnding[] {
  const rooms = Map.groupBy(taken, ({ provider: named, room }) => `${named} ${room}`);
  return [...rooms.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const ending = endingOf(
      first,
      own.map(({ body }) => body),
      at,
    );
    return ending.leaves.length + ending.ends.length > 0 ? [ending] : [];
  });
}

function endingOf(
  { provider: named, room }: Omit<Taken, "body">,
  bodies: readonly string[],
  at: Ms,
): RoomEnding {
  const { provider, habits } = mannerNamed(named);
  const readings = bodies.flatMap((body) => {
    const reading = provider.read(Buffer.from(body));
    return reading.kind === "events" ? [reading.about] : [];
  });
  const events = readings.flatMap((about) => about.events);
  const title = readings.find((about) => about.title !== null)?.title ?? null;
  const ids = streamOf("ending", named, room, at);
  const bodyOf = (event: MeetingEvent) => {
    const body = provider.speak(event, room, ids.uuid(), { title, isRefused: true });
    return body === null ? [] : [body];
  };
  const { open, isOpen } = openIn(provider, events, at);
  const leaves = open.flatMap(({ person, stay }) => {
    const event = leaveOf(events, stay, at);
    return event === null ? [] : bodyOf(event).map((body) => ({ person, body }));
  });
  const ends = [...meetingsEnd(events, at), ...observerLeaves(events, at, habits.observer)];
  return { provider: named, room, isOpen, leaves, ends: ends.flatMap(bodyOf) };
}

/** Who is present or waits, as Rollcall itself projects it. */
function openIn(
  provider: Provider,
  events: readonly MeetingEvent[],
  at: Ms,
): { open: { person: string; stay: OpenStay }[]; isOpen: boolean } {
  const rules = rulesOf(provider, {
    emptyGapMs: DEFAULT_EMPTY_GAP_MS,
    graceMs: DEFAULT_GRACE_MS,
    noteTakers: [],
    roomTitles: [],
  });
  const isOverSince = (from: Ms) =>
    events.some((event) => event.type === "meeting_ended" && event.at > from);
  const views = partMeetings(events, rules, at).map((part) => projectMeeting(part, rules, at));
  const open = views
    .flatMap(({ people, noteTakers }) => [...people, ...noteTakers])
    .flatMap((person) => openStaysOf(person).map((stay) => ({ person: person.id, stay })))
    // What ended with its meeting needs no leave; what another connection of the person has replaced does.
    .filter(({ stay }) => stay.overBy === null || !isOverSince(stay.from));
  return { open, isOpen: views.some(({ status }) => status !== "ended") };
}

/** The end of a stay or a wait, of a person as they were last reported. `null` for one that has no beginning. */
function leaveOf(
  events: readonly MeetingEvent[],
  { participantId, where }: OpenStay,
  at: Ms,
): MeetingEvent | null {
  const isIn = where === "present";
  let since: Ms | null = null;
  let about: (About & { at: Ms }) | null = null;
  for (const event of events) {
    const { type } = event;
    const begins = type === (isIn ? "joined" : "knocked");
    if (!(begins || (isIn && type === "updated"))) continue;
    if (event.participantId !== participantId) continue;
    if (begins) since = Math.max(since ?? event.at, event.at);
    if (about === null || event.at > about.at) about = event;
  }
  if (about === null || since === null) return null;
  const { userId, name, isHost } = about;
  const who = { participantId, userId, name, isHost };
  return isIn
    ? { type: "left", at, joinedAt: since, ...who }
    : { type: "stopped_waiting", at, startedAt: since, ...who };
}

/** The ends at `at` of the meetings that the provider counts in a room; an earlier one ends where the next began. */
function meetingsEnd(events: readonly MeetingEvent[], at: Ms): MeetingEvent[] {
  const started = new Map<string, Ms>();
  const ended = new Set<string>();
  for (const event of events) {
    if (event.type !== "meeting_started" && event.type !== "meeting_ended") continue;
    if (event.providerMeetingId === null) continue;
    if (event.type === "meeting_started") started.set(event.providerMeetingId, event.at);
    else ended.add(event.providerMeetingId);
  }
  const begins = [...started.values()];
  return [...started].flatMap(([providerMeetingId, startedAt]) => {
    if (ended.has(providerMeetingId)) return [];
    const end = Math.min(at, ...begins.filter((begin) => begin > startedAt));
    return [{ type: "meeting_ended" as const, at: end, startedAt, providerMeetingId }];
  });
}

/** An observer that is in leaves; one that has left without a final report winds up. */
function observerLeaves(
  events: readonly MeetingEvent[],
  at: Ms,
  ways: ObserverHabits | null,
): MeetingEvent[] {
  if (ways === null || !events.some(({ type }) => type === "observer_joined")) return [];
  const reasons = events.flatMap((event) => (event.type === "observer_left" ? event.reason : []));
  const isDone = [ways.failed, ways.woundUp].some(({ reason }) => reasons.includes(reason));
  if (isDone) return [];
  const last = reasons.length > 0 ? [ways.woundUp] : [ways.told, ways.woundUp];
  return last.map((leaving) => ({ type: "observer_left", at, ...leaving }));
}
