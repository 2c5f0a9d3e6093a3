import { type Rules, UNHEARD_MS } from "#domain/participant/rules.ts";
import { type Touched, touchedBy } from "#domain/projection/apply-to-room.ts";
import {
  extentAround,
  goesOn,
  type MeetingSelector,
  type RoomExtent,
  selectorsOf,
} from "#domain/projection/around.ts";
import type { Changes } from "#domain/projection/changes.ts";
import type { ArrivedEvent, RoomInput } from "#domain/projection/news.ts";
import { plan } from "#domain/projection/plan.ts";
import type {
  AttendanceState,
  Ids,
  MeetingState,
  RecordedEvent,
  Room,
  WaitState,
} from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";

/**
 * One room in memory, stored as in the database: it loads the same rows as the statements of
 * `db/recording`, so that laws about plans need no database.
 */
export class RoomInMemory {
  readonly #rules: Rules;
  readonly #ids: Ids;
  room: Room = {
    ...{
      id: 1,
      sourceId: "source",
      key: "room",
      title: null,
      titledAt: null,
      givenTitle: null,
      reportedTitle: null,
    },
    ...{ currentMeetingId: null, unresolvedUntil: null, lostUntil: null, erasedAt: null },
    ...{ place: null, others: [] },
  };
  readonly meetings = new Map<string, MeetingState>();
  readonly events = new Map<string, RecordedEvent>();
  readonly attendances = new Map<string, AttendanceState>();
  readonly waits = new Map<string, WaitState>();
  /** How often the touched people were enough, and how often the meetings around were needed. */
  readonly ways = { touched: 0, around: 0 };

  constructor(rules: Rules) {
    this.#rules = rules;
    let lastId = 0;
    this.#ids = {
      fresh: () => {
        lastId += 1;
        return String(lastId);
      },
      person: (source, { knownBy, of }) => `${source} ${knownBy} ${of}`,
    };
  }

  /** Projects arrived events as the recorder does: load, plan, apply. */
  project(arrived: readonly ArrivedEvent[], now: Ms): void {
    const news: RoomInput = {
      room: this.room,
      rules: this.#rules,
      arrived,
      current: this.meetings.get(this.room.currentMeetingId ?? "") ?? null,
      stale: [],
      withdrawn: new Set(),
    };
    const events = this.#eventsOfTouched(touchedBy(news));
    const near = plan(news, { reach: "touched", events }, now, this.#ids);
    this.ways[near === null ? "around" : "touched"] += 1;
    const before = this.#around(news);
    const changes = near ?? plan(news, { reach: "around", before }, now, this.#ids);
    if (changes === null) throw new Error("what is around was not enough");
    this.#apply(changes);
  }

  #eventsOfTouched(touched: readonly Touched[]): RecordedEvent[] {
    const [first] = touched;
    if (first === undefined) return [];
    const here = this.#peopleIn(first.meetingId);
    const events = [...this.events.values()].filter(
      ({ meetingId }) => meetingId === first.meetingId,
    );
    const ids = new Set<string | null>(
      touched.flatMap(({ participantId, userId }) => [
        ...events.filter((one) => participantOf(one) === participantId).map((one) => one.personId),
        ...(userId === null ? [] : [`u:${userId}`]),
      ]),
    );
    const selected = here.filter(({ personId }) => ids.has(personId));
    const names = new Set(
      [...touched, ...selected].map(({ nameKey }) => nameKey).filter((name) => name !== null),
    );
    const people = here.filter(
      ({ personId, nameKey }) => ids.has(personId) || (nameKey !== null && names.has(nameKey)),
    );
    const participants = new Set(people.flatMap(({ participantIds }) => participantIds));
    return events.filter((one) => participants.has(participantOf(one) ?? ""));
  }

  #around(news: RoomInput) {
    const named = selectorsOf(news);
    const all = [...this.meetings.values()];
    const interval = extentAround(
      news,
      all.filter((meeting) => named.some((naming) => this.#isNamed(meeting, naming))),
    );
    const wide = interval === null ? null : widened(interval, all);
    const meetings = wide === null ? [] : all.filter((meeting) => touches(meeting, wide));
    const ids = new Set(meetings.map(({ id }) => id));
    return {
      meetings: meetings.toSorted(byStart),
      events: [...this.events.values()]
        .filter(({ meetingId }) => ids.has(meetingId))
        .toSorted(inOrder),
      people: [...this.attendances.values()].filter(({ meetingId }) => ids.has(meetingId)),
    };
  }

  #isNamed({ id, tally }: MeetingState, naming: MeetingSelector): boolean {
    const { participantId, providerId, waitedSince, unheardFrom, unheardTo, strayId } = naming;
    const { frame, tipAt, firstAt, noteTakers } = tally;
    const people = this.#peopleIn(id);
    const isParticipant = [...this.events.values()].some(
      (one) =>
        one.meetingId === id && participantId !== null && participantOf(one) === participantId,
    );
    const waited = [...this.waits.values()].some(
      ({ meetingId, inferred, outcome, startedAt, endedAt }) =>
        meetingId === id &&
        (inferred || outcome === "admitted") &&
        Math.max(startedAt, endedAt ?? 0) >= (waitedSince ?? Infinity),
    );
    const didNoteTakerWait =
      noteTakers.count > 0 && people.some((one) => one.isNoteTaker && one.waitCount > 0);
    const isUnheard =
      people.some(({ leftBy }) => (leftBy ?? 0) >= (unheardFrom ?? Infinity) - UNHEARD_MS) ||
      (frame.startedAt !== null &&
        frame.endedAt === null &&
        (tipAt ?? 0) >= (unheardFrom ?? Infinity) - UNHEARD_MS);
    return (
      (providerId !== null && frame.providerIds.includes(providerId)) ||
      isParticipant ||
      ((tipAt ?? 0) >= (waitedSince ?? Infinity) && (waited || didNoteTakerWait)) ||
      ((firstAt ?? Infinity) <= (unheardTo ?? -Infinity) && isUnheard) ||
      people.some(
        ({ leftBy, participantIds }) => leftBy !== null && participantIds.includes(strayId ?? ""),
      )
    );
  }

  #peopleIn(id: string): AttendanceState[] {
    return [...this.attendances.values()].filter(({ meetingId }) => meetingId === id);
  }

  #apply(changes: Changes): void {
    for (const one of changes.refiled) this.events.delete(eventKey(one.from));
    for (const { from, meetingId, seq } of changes.refiled) this.#file({ ...from, meetingId, seq });
    for (const filed of changes.appended) this.#file(filed);
    for (const { meetingId, participantId, personId } of changes.assigned) {
      for (const [eventId, filed] of this.events) {
        if (filed.meetingId === meetingId && participantOf(filed) === participantId) {
          this.events.set(eventId, { ...filed, personId });
        }
      }
    }
    for (const key of changes.attendances.dropped) this.attendances.delete(personKey(key));
    for (const row of changes.attendances.kept) this.attendances.set(personKey(row), row);
    for (const key of changes.waits.dropped) this.waits.delete(waitKey(key));
    for (const row of changes.waits.kept) this.waits.set(waitKey(row), row);
    for (const meeting of changes.meetings) this.meetings.set(meeting.id, meeting);
    for (const { from } of changes.merged) this.meetings.delete(from);
    for (const state of changes.rooms) this.room = { ...this.room, ...state };
  }

  #file(filed: RecordedEvent): void {
    const key = eventKey(filed);
    if (this.events.has(key)) throw new Error(`two events at ${key}`);
    this.events.set(key, filed);
  }
}

/**
 * As in `meetingsAround`: a meeting that goes on in the interval is loaded with all that came after it
 * began.
 */
function widened(interval: RoomExtent, all: readonly MeetingState[]): RoomExtent {
  const since = all.flatMap(({ tally }) =>
    goesOn(tally) && (interval.to === null || (tally.firstAt ?? Infinity) <= interval.to)
      ? (tally.firstAt ?? [])
      : [],
  );
  if (since.length === 0) return interval;
  return { ...interval, from: Math.min(interval.from, ...since), to: null };
}

function touches({ tally }: MeetingState, { from, to }: RoomExtent): boolean {
  const { firstAt, tipAt, lastOutAt, endedAt, noteTakers } = tally;
  const last = Math.max(tipAt ?? 0, lastOutAt ?? 0, endedAt ?? 0, noteTakers.outAt ?? 0);
  return (to === null || (firstAt ?? Infinity) <= to) && (goesOn(tally) || last >= from);
}

function participantOf({ event }: RecordedEvent): string | null {
  return "participantId" in event ? event.participantId : null;
}

function eventKey({ meetingId, seq }: Pick<RecordedEvent, "meetingId" | "seq">): string {
  return `${meetingId} ${seq}`;
}

function personKey({
  meetingId,
  personId,
}: Pick<AttendanceState, "meetingId" | "personId">): string {
  return `${meetingId} ${personId}`;
}

function waitKey(wait: Pick<WaitState, "meetingId" | "participantId" | "startedAt">): string {
  return `${wait.meetingId} ${wait.participantId} ${wait.startedAt}`;
}

function byStart(a: MeetingState, b: MeetingState): number {
  return (a.tally.firstAt ?? 0) - (b.tally.firstAt ?? 0) || (a.id < b.id ? -1 : 1);
}

function inOrder(a: RecordedEvent, b: RecordedEvent): number {
  return a.meetingId === b.meetingId ? a.seq - b.seq : a.meetingId < b.meetingId ? -1 : 1;
}
