import { projectMeeting } from "#domain/meeting/meeting.ts";
import { type OpenStay, openStaysOf } from "#domain/meeting/open-now.ts";
import { partMeetings } from "#domain/meeting/room.ts";
import { DEFAULT_EMPTY_GAP_MS, DEFAULT_GRACE_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { botLeaves } from "#server/demo/simulate/bodies/attendee-bodies.ts";
import type { EmittedBody } from "#server/demo/simulate/bodies/emission.ts";
import { randomFrom } from "#server/demo/simulate/plot/random.ts";
import { wireForm } from "#server/demo/simulate/sending/send.ts";
import { rulesOf } from "#server/ingest/known-sources.ts";
import type { WebhookProvider } from "#server/providers/contract/provider.ts";
import { provider } from "#server/providers/providers.ts";
import { leaves } from "./leaves.ts";
import { meetingsEnd } from "./meetings-end.ts";
import type { BodyEvent } from "./told.ts";

/** A webhook that was taken, and of which room it tells. */
export interface Taken {
  provider: WebhookProvider;
  room: string;
  body: EmittedBody;
}

/** How a room that goes on is ended: first everybody leaves, and then what they were in ends. */
export interface RoomEnding {
  provider: WebhookProvider;
  room: string;
  /** Whether a meeting goes on there; else its provider only had not said yet that it was over. */
  isOpen: boolean;
  leaves: { body: EmittedBody; person: string }[];
  ends: EmittedBody[];
}

/**
 * What the providers say when all leave at `at` who are in or wait, and every meeting ends: told from what they
 * said until then, which all happened before. Rooms of which there is nothing more to say are left out.
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
  const projected = bodies.flatMap((body) => eventsOf(named, body));
  const { open, isOpen } = openIn(named, projected, at);
  const ids = randomFrom(`ending ${named} ${room} ${at}`);
  const left = open.flatMap(({ person, stay }) => {
    const opening = openingOf(projected, stay);
    return opening === null ? [] : [{ person, body: leaves(named, opening, at, ids) }];
  });
  const ends = named === "daily" ? meetingsEnd(projected, at) : botEnds(projected, at, room);
  return { provider: named, room, isOpen, leaves: left, ends };
}

function eventsOf(named: WebhookProvider, body: EmittedBody): BodyEvent[] {
  const reading = provider(named)?.read(Buffer.from(wireForm({ provider: named, body })));
  if (reading?.kind !== "events") return [];
  return reading.about.events.map((event) => ({ body, event }));
}

/** Who is in or waits, as Rollcall itself tells it. */
function openIn(
  named: WebhookProvider,
  projected: readonly BodyEvent[],
  at: Ms,
): { open: { person: string; stay: OpenStay }[]; isOpen: boolean } {
  const source = provider(named);
  if (source === null) return { open: [], isOpen: false };
  const rules = rulesOf(source, {
    emptyGapMs: DEFAULT_EMPTY_GAP_MS,
    graceMs: DEFAULT_GRACE_MS,
    noteTakers: [],
  });
  const events = projected.map(({ event }) => event);
  const views = partMeetings(events, rules, at).map((part) => projectMeeting(part, rules, at));
  const open = views
    .flatMap(({ people, noteTakers }) => [...people, ...noteTakers])
    .flatMap((person) => openStaysOf(person).map((stay) => ({ person: person.id, stay })))
    // Of whom somebody else's end says that they must have gone nothing more is said.
    .filter(({ stay }) => stay.overBy === null);
  return { open, isOpen: views.some(({ status }) => status !== "ended") };
}

/** What told of the beginning of a stay or a wait. */
function openingOf(
  projected: readonly BodyEvent[],
  { participantId, where }: OpenStay,
): EmittedBody | null {
  const type = where === "present" ? "joined" : "knocked";
  let latest: BodyEvent | null = null;
  for (const one of projected) {
    const { event } = one;
    if (event.type !== type || event.participantId !== participantId) continue;
    if (latest === null || event.at > latest.event.at) latest = one;
  }
  return latest?.body ?? null;
}

/** A bot that came leaves; one that left, and of which no more was heard, is done with what it brought. */
function botEnds(projected: readonly BodyEvent[], at: Ms, room: string): EmittedBody[] {
  const came = projected.find(({ event }) => event.type === "observer_joined");
  if (came === undefined) return [];
  const reasons = projected.flatMap(({ event }) =>
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
