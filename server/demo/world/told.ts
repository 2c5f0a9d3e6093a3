import type { About, MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Beside } from "#server/providers/contract/contract.ts";
import { type Manner, mannerNamed } from "./manner.ts";
import {
  type Gathering,
  type PlottedKnock,
  type PlottedStay,
  SECOND,
  type SeenActor,
} from "./plot.ts";
import type { Random } from "./random.ts";

/** An event that a provider reports. */
export interface Told {
  event: MeetingEvent;
  /** When the provider can report it: never before it happened. */
  readyAt: Ms;
  isRefused?: boolean;
}

/** A webhook that a provider has to send. */
export interface Emission {
  /** When it happened. */
  at: Ms;
  readyAt: Ms;
  body: string;
  /** `null` for one that is not about attendance: a reader has to ignore it. */
  type: MeetingEvent["type"] | null;
}

/** The events of a gathering that its provider reports, in no order. */
export function toldOf(gathering: Gathering): Told[] {
  const manner = mannerNamed(gathering.provider);
  const { actors, sessions } = gathering;
  return [
    ...ofObserver(gathering, manner),
    ...sessions.flatMap((session) => ofSession(session, manner.habits.endsAfterMs)),
    ...actors.flatMap((actor) => [
      ...actor.knocks.flatMap((knock) => ofKnock(actor, knock)),
      ...actor.stays.flatMap((stay, index) =>
        ofStay(actor, stay, manner, actor.stays[index + 1]?.from),
      ),
    ]),
  ];
}

function told(event: MeetingEvent, readyAt: Ms = event.at): Told {
  return { event, readyAt };
}

function ofObserver({ observer }: Gathering, { habits }: Manner): Told[] {
  if (observer === null || habits.observer === null) return [];
  const { comesAt, goesAt, goes, woundUpAt } = observer;
  const events = [told({ type: "observer_joined", at: comesAt })];
  if (goesAt === null) return events;
  events.push(told({ type: "observer_left", at: goesAt, ...habits.observer[goes] }));
  if (woundUpAt !== null) {
    events.push(told({ type: "observer_left", at: woundUpAt, ...habits.observer.woundUp }));
  }
  return events;
}

function ofSession({ id, from, to }: Gathering["sessions"][number], endsAfterMs: Ms): Told[] {
  const providerMeetingId = id;
  const started = told({ type: "meeting_started", at: from, providerMeetingId });
  if (to === null) return [started];
  const ended = { type: "meeting_ended", at: to, startedAt: from, providerMeetingId } as const;
  return [started, told(ended, to + endsAfterMs)];
}

function ofKnock(actor: SeenActor, { line, from, toldAt, outcome }: PlottedKnock): Told[] {
  const who = aboutOf(actor, line, false);
  const knocked = told({ type: "knocked", at: from, ...who });
  if (toldAt === null) return [knocked];
  const stopped = told({ type: "stopped_waiting", at: toldAt, startedAt: from, ...who });
  return [knocked, { ...stopped, isRefused: outcome !== "admitted" }];
}

function ofStay(
  actor: SeenActor,
  { line, from, to, told: isTold, hostAtFirst, hostAtLast, changesAt }: PlottedStay,
  { habits }: Manner,
  nextFrom = Infinity,
): Told[] {
  const events = [told({ type: "joined", at: from, ...aboutOf(actor, line, hostAtFirst) })];
  const atLast = aboutOf(actor, line, hostAtLast);
  if (changesAt !== null) events.push(told({ type: "updated", at: changesAt, ...atLast }));
  if (to === null || !isTold) return events;
  // An observer does not repeat when somebody came.
  const joinedAt = habits.observer === null ? from : null;
  // Where a person is back within seconds, the old connection is missed only after the new one began.
  const isQuick = habits.observer === null && nextFrom - to < 30 * SECOND;
  const noticedAt = isQuick ? Math.max(to, nextFrom) + 4 * SECOND : to;
  events.push(told({ type: "left", at: to, joinedAt, ...atLast }, noticedAt));
  return events;
}

function aboutOf({ name, userId, connections }: SeenActor, line: number, isHost: boolean): About {
  return { participantId: connections[line] ?? "", userId, name, isHost };
}

/** Everything the provider of a gathering sends about it until `end`, not in order. `ids` draws ids, and digressions. */
export function emissionsOf(ids: Random, gathering: Gathering, end: Ms): Emission[] {
  const { provider, room, title } = gathering;
  const { speak, digress } = mannerNamed(provider).provider;
  // Ids of deliveries in the form of a UUID, drawn once for all of them: to draw each would cost as much as its body.
  const series = ids.uuid().slice(0, 24);
  let number = 0;
  const nextId = () => `${series}${(number++).toString(16).padStart(12, "0")}`;
  const spoken = toldOf(gathering).flatMap(({ event, readyAt, isRefused = false }) => {
    const beside: Beside = { title, isRefused };
    const body = speak(event, room, nextId(), beside);
    const ready = Math.max(event.at, Math.min(readyAt, end));
    return body === null ? [] : [{ at: event.at, readyAt: ready, body, type: event.type }];
  });
  const moments = spoken.map(({ at }) => at);
  const [from, to] = [Math.min(...moments), Math.max(...moments)];
  const others = Array.from({ length: ids.int(0, 3) }, () => {
    const at = ids.int(from, to);
    return { at, readyAt: at, body: digress(room, at, nextId()), type: null };
  });
  return [
    ...spoken,
    ...others.flatMap(({ body, ...one }) => (body === null ? [] : { ...one, body })),
  ];
}
