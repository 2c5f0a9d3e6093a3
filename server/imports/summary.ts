import { earliest, isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import { isNoteTakerName } from "#domain/identity/note-taker.ts";
import { DEFAULT_EMPTY_GAP_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { RoomEvents } from "#server/providers/contract/provider.ts";

/** A meeting as one file tells it. */
export interface ImportedRoomMeeting {
  room: string;
  title: string | null;
  from: Ms;
  to: Ms;
  people: number;
}

/** A stretch in which a room was not empty, with everybody who was heard of in it. */
interface Stretch {
  from: Ms;
  to: Ms;
  people: Set<string>;
}

interface RoomTold {
  title: string | null;
  /** Apart by more than the gap, earliest first. */
  stretches: Stretch[];
}

/** What the lines of a file come to, gathered one by one: each costs the same, however many were before. */
export class ImportSummary {
  readonly #rooms = new Map<string, RoomTold>();
  readonly #people = new Set<string>();

  add({ room, title, events }: RoomEvents): void {
    const known = this.#rooms.get(room) ?? { title: null, stretches: [] };
    known.title = title ?? known.title;
    this.#rooms.set(room, known);
    for (const event of events) {
      if (isAboutParticipant(event) && isNoteTakerName(event.name)) continue;
      const who = personIn(event);
      if (who !== null) this.#people.add(who);
      put(known.stretches, earliest(event), event.at, who);
    }
  }

  /** Distinct people of the file: by address, else by name. */
  get people(): number {
    return this.#people.size;
  }

  /** Earliest first. */
  meetings(): ImportedRoomMeeting[] {
    const projected = [...this.#rooms].flatMap(([room, { title, stretches: intervals }]) =>
      intervals.map(({ from, to, people }) => ({ room, title, from, to, people: people.size })),
    );
    return projected.toSorted((a, b) => a.from - b.from);
  }
}

function personIn(event: MeetingEvent): string | null {
  if (!isAboutParticipant(event)) return null;
  const { userId, name, participantId } = event;
  return userId ?? foldName(name) ?? participantId;
}

/** Puts a stretch among others, and makes one of those that it bridges. */
function put(intervals: Stretch[], from: Ms, to: Ms, who: string | null): void {
  const first = firstReaching(intervals, from - DEFAULT_EMPTY_GAP_MS);
  let last = first;
  while ((intervals[last]?.from ?? Infinity) <= to + DEFAULT_EMPTY_GAP_MS) last += 1;
  const known = intervals[first];
  if (known === undefined || last === first) {
    const people = new Set(who === null ? [] : [who]);
    intervals.splice(first, 0, { from, to, people });
    return;
  }
  known.from = Math.min(known.from, from);
  for (const other of intervals.splice(first + 1, last - first - 1)) {
    known.to = Math.max(known.to, other.to);
    for (const name of other.people) known.people.add(name);
  }
  known.to = Math.max(known.to, to);
  if (who !== null) known.people.add(who);
}

/** Where the first of them is that ends at that moment or later. */
function firstReaching(intervals: readonly Stretch[], at: Ms): number {
  let [low, high] = [0, intervals.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle]?.to ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
