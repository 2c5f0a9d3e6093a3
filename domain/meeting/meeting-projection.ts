import {
  earliest,
  isAboutParticipant,
  type MeetingEvent,
  type ParticipantEvent,
} from "#domain/event/event.ts";
import { identityCorrectionsIn } from "#domain/identity/identity-correction.ts";
import { IdentityGroups } from "#domain/identity/identity-groups.ts";
import type { Person } from "#domain/identity/people.ts";
import type { Watcher } from "#domain/participant/closing.ts";
import { projectParticipant } from "#domain/participant/participant.ts";
import { hasReports } from "#domain/participant/put-away.ts";
import { NO_ROOM_CONTEXT, type RoomContext } from "#domain/participant/room-context.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { observerOf } from "#domain/participant/watchers.ts";
import type { Interval } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type MeetingView, meetingViewOf, projectionContext } from "./meeting.ts";
import { Occupancy, type Step } from "./occupancy.ts";
import { apart, type PersonView, type ProjectionContext, projectPerson } from "./person-view.ts";

/** What a projection depended on besides the events, and until when it is valid. */
interface Circumstances {
  setting: ProjectionContext;
  now: Ms;
  staleAt: Ms | null;
}

/**
 * Projects a meeting as `projectMeeting` does, for any arguments, and remembers the result: where events
 * were only added, only the connections and people they touch are projected again, and all others stay the
 * same objects.
 */
export class MeetingProjection {
  #events: readonly MeetingEvent[] = [];
  #connections = new Map<string, ParticipantEvent[]>();
  /** Connections to project again. */
  #touched = new Set<string>();
  #groups = new IdentityGroups([], []);
  /** The note-taker names that the families were given. */
  #noteTakers: readonly string[] = [];
  #views = new Map<Person, PersonView>();
  #people: readonly PersonView[] = [];
  readonly #occupancy = new Occupancy();
  #ofMeeting: MeetingEvent[] = [];
  /** The event that reaches furthest back, and the latest one. */
  #ends: MeetingEvent[] = [];
  /** One report of each observer about somebody. */
  readonly #ofObservers = new Map<string, MeetingEvent>();
  #before: Circumstances | null = null;

  project(
    events: readonly MeetingEvent[],
    rules: Rules,
    now: Ms,
    roomContext: RoomContext = NO_ROOM_CONTEXT,
  ): MeetingView {
    if (`${rules.noteTakers}` !== `${this.#noteTakers}`) this.#forget();
    this.#noteTakers = rules.noteTakers;
    this.#receive(events);
    const decisive = [
      ...new Set([...this.#ofMeeting, ...this.#ends, ...this.#ofObservers.values()]),
    ];
    const context = projectionContext(decisive, rules, now, roomContext);
    this.#invalidate(context, now);
    const everybody = apart(this.#projectPeople(context, now));
    const view = meetingViewOf(decisive, everybody, this.#step(everybody.people), context, now);
    this.#before = { setting: context, now, staleAt: view.staleAt };
    return view;
  }

  #receive(events: readonly MeetingEvent[]): void {
    if (!this.#events.every((event, index) => event === events[index])) this.#forget();
    const fresh = events.slice(this.#events.length);
    this.#events = events;
    for (const event of fresh) {
      if (isAboutParticipant(event)) this.#receiveOne(event);
      else this.#ofMeeting.push(event);
      const [first = event, last = event] = this.#ends;
      this.#ends = [
        earliest(event) < earliest(first) ? event : first,
        event.at > last.at ? event : last,
      ];
    }
    if (fresh.some(({ type }) => type === "identity_ruled")) {
      this.#groups = new IdentityGroups(identityCorrectionsIn(this.#ofMeeting), this.#noteTakers);
      this.#touchAll();
    }
  }

  #receiveOne(event: ParticipantEvent): void {
    const earlier = this.#connections.get(event.participantId);
    if (earlier) earlier.push(event);
    else this.#connections.set(event.participantId, [event]);
    this.#touched.add(event.participantId);
    if (event.type !== "presence_ruled" && !this.#ofObservers.has(observerOf(event))) {
      this.#ofObservers.set(observerOf(event), event);
    }
  }

  #touchAll(): void {
    this.#touched = new Set(this.#connections.keys());
  }

  #forget(): void {
    this.#events = [];
    this.#connections.clear();
    this.#touched.clear();
    this.#groups = new IdentityGroups([], this.#noteTakers);
    this.#ofMeeting = [];
    this.#ends = [];
    this.#ofObservers.clear();
  }

  /** Marks every connection to project again that these circumstances change. */
  #invalidate(context: ProjectionContext, now: Ms): void {
    if (this.#before === null) return;
    const { setting: before, now: then, staleAt } = this.#before;
    const isStale = now < then || (staleAt !== null && now >= staleAt);
    if (isStale || !showsAlike(context, before)) this.#touchAll();
    if (isStale || !countsAlike(context, before)) this.#views.clear();
  }

  #projectPeople(context: ProjectionContext, now: Ms): PersonView[] {
    for (const id of this.#touched) {
      const events = this.#connections.get(id) ?? [];
      if (hasReports(events)) this.#groups.take(projectParticipant(id, events, context, now));
    }
    this.#touched.clear();
    const views = new Map<Person, PersonView>();
    for (const person of this.#groups.people()) {
      views.set(person, this.#views.get(person) ?? projectPerson(person, context, now));
    }
    this.#views = views;
    return [...views.values()];
  }

  #step(people: readonly PersonView[]): Step[] {
    const [before, after] = [new Set(this.#people), new Set(people)];
    const gone = this.#people.filter((person) => !after.has(person));
    const come = people.filter((person) => !before.has(person));
    this.#people = people;
    return this.#occupancy.change(gone.map(presenceOf), come.map(presenceOf));
  }
}

function presenceOf({ presence }: PersonView): readonly Interval[] {
  return presence;
}

/** Whether every connection projects the same in both. */
function showsAlike(a: ProjectionContext, b: ProjectionContext): boolean {
  const [some, others] = [a.watchers, b.watchers];
  if (a.rules.meetings !== b.rules.meetings) return false;
  if (!watchesAlike(a, b) || some?.size !== others?.size) return false;
  return [...(some ?? [])].every(([observer, watcher]) => {
    const other = others?.get(observer);
    return other !== undefined && watchesAlike(watcher, other);
  });
}

function watchesAlike(a: Watcher, b: Watcher): boolean {
  const [some, others] = [a.closings, b.closings];
  return (
    a.observedFrom === b.observedFrom &&
    some.length === others.length &&
    some.every(
      ({ at, final, cause }, n) =>
        at === others[n]?.at && final === others[n]?.final && cause === others[n]?.cause,
    )
  );
}

/** Whether every person's connections give the same view in both. */
function countsAlike({ rules, returned }: ProjectionContext, other: ProjectionContext): boolean {
  return (
    rules.graceMs === other.rules.graceMs &&
    returned.size === other.returned.size &&
    [...returned].every((wait) => other.returned.has(wait))
  );
}
