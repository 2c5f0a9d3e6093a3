import { projectMeeting } from "#domain/meeting/meeting.ts";
import { type OpenStay, openStaysOf } from "#domain/meeting/open-now.ts";
import { partMeetings } from "#domain/meeting/room.ts";
import { DEFAULT_EMPTY_GAP_MS, DEFAULT_GRACE_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { botLeaves } from "#server/demo/simulate/bodies/attendee-bodies.ts";
import type { EmittedBody } from "#server/demo/simulate/bodies/emission.ts";
import type { SimulatedProvider } from "#server/demo/simulate/plot/gathering.ts";
import { randomFrom } from "#server/demo/simulate/plot/random.ts";
import { wireForm } from "#server/demo/simulate/sending/send.ts";
import { rulesOf } from "#server/ingest/known-sources.ts";
import { provider } from "#server/providers/providers.ts";
import type { BodyEvent } from "./body-events.ts";
import { leaves } from "./leaves.ts";
import { meetingsEnd } from "./meetings-end.ts";

/** A webhook that was taken, and the room it is about. */
export interface Taken {
  provider: SimulatedProvider;
  room: string;
  body: EmittedBody;
}

/** How an open room is ended: first all people leave, and then its meetings end. */
export interface RoomEnding {
  provider: SimulatedProvider;
  room: string;
  /** Whether a meeting goes on there; else only the provider's report of its end was missing. */
  isOpen: boolean;
  leaves: { body: EmittedBody; person: string }[];
  ends: EmittedBody[];
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
    const ending = endingOf({ ...first, bodies: own.map(({ body }) => body) }, at);
    return ending.leaves.length + ending.ends.length > 0 ? [ending] : [];
  });
}

interface Room extends Omit<Taken, "body"> {
  bodies: EmittedBody[];
}

function endingOf({ provider: named, room, bodies }: Room, at: Ms): RoomEnding {
  const bodyEvents = bodies.flatMap((body) => eventsOf(named, body));
  const { open, isOpen } = openIn(named, bodyEvents, at);
  const ids = randomFrom(`ending ${named} ${room} ${at}`);
  const left = open.flatMap(({ person, stay }) => {
    const opening = openingOf(bodyEvents, stay);
    return opening === null ? [] : [{ person, body: leaves(named, opening, at, ids) }];
  });
  const ends = named === "daily" ? meetingsEnd(bodyEvents, at) : botEnds(bodyEvents, at, room);
  return { provider: named, room, isOpen, leaves: left, ends };
}

function eventsOf(named: SimulatedProvider, body: EmittedBody): BodyEvent[] {
  const reading = provider(named)?.read(Buffer.from(wireForm({ provider: named, body })));
  if (reading?.kind !== "events") return [];
  return reading.about.events.map((event) => ({ body, event }));
}

/** Who is present or waits, as Rollcall itself projects it. */
function openIn(
  named: SimulatedProvider,
  bodyEvents: readonly BodyEvent[],
  at: Ms,
): { open: { person: string; stay: OpenStay }[]; isOpen: boolean } {
  const source = provider(named);
  if (source === null) return { open: [], isOpen: false };
  const rules = rulesOf(source, {
    emptyGapMs: DEFAULT_EMPTY_GAP_MS,
    graceMs: DEFAULT_GRACE_MS,
    noteTakers: [],
  });
  const events = bodyEvents.map(({ event }) => event);
  const views = partMeetings(events, rules, at).map((part) => projectMeeting(part, rules, at));
  const open = views
    .flatMap(({ people, noteTakers }) => [...people, ...noteTakers])
    .flatMap((person) => openStaysOf(person).map((stay) => ({ person: person.id, stay })))
    // A stay that another event has ended already needs no leave.
    .filter(({ stay }) => stay.overBy === null);
  return { open, isOpen: views.some(({ status }) => status !== "ended") };
}

/** The body with which a stay or a wait began. */
function openingOf(
  bodyEvents: readonly BodyEvent[],
  { participantId, where }: OpenStay,
): EmittedBody | null {
  const type = where === "present" ? "joined" : "knocked";
  let latest: BodyEvent | null = null;
  for (const one of bodyEvents) {
    const { event } = one;
    if (event.type !== type || event.participantId !== participantId) continue;
    if (latest === null || event.at > latest.event.at) latest = one;
  }
  return latest?.body ?? null;
}

/** A bot that is in leaves; a bot that has left without a final report finishes its post-processing. */
function botEnds(bodyEvents: readonly BodyEvent[], at: Ms, room: string): EmittedBody[] {
  const came = bodyEvents.find(({ event }) => event.type === "observer_joined");
  if (came === undefined) return [];
  const reasons = bodyEvents.flatMap(({ event }) =>
    event.type === "observer_left" ? [event.reason ?? ""] : [],
  );
  const isDone = reasons.some((reason) => /^(fatal_error|post_processing_completed)/.test(reason));
  if (isDone) return [];
  const bot = { bot_id: room, bot_metadata: came.body["bot_metadata"] ?? null };
  const ids = randomFrom(`bot ${room} ${at}`);
  const { at: comesAt } = came.event;
  const hadLeft = reasons.length > 0;
  return botLeaves(ids, bot, { comesAt, at, hadLeft }).map(({ body }) => body);
}
