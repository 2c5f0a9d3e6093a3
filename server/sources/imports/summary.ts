import { earliest, isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import { isNoteTakerName } from "#domain/identity/note-taker.ts";
import { DEFAULT_EMPTY_GAP_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { RoomEvents } from "#server/providers/contract/contract.ts";

/** A meeting as one file has it. */
export interface ImportedRoomMeeting {
  room: string;
  title: string | null;
  from: Ms;
  to: Ms;
  people: number;
}

/** A time in which a room was not empty, with every person who was in it. */
interface Interval {
  from: Ms;
  to: Ms;
  people: Set<string>;
}

interface ImportedRoom {
  title: string | null;
  /** Apart by more than the gap, earliest first. */
  intervals: Interval[];
}

/** The meetings and people of a file, gathered line by line at a constant cost for each. */
export class ImportSummary {
  readonly #rooms = new Map<string, ImportedRoom>();
  readonly #people = new Set<string>();

  add({ room, title, events }: RoomEvents): void {
    const entry = this.#rooms.get(room) ?? { title: null, intervals: [] };
    entry.title = title ?? entry.title;
    this.#rooms.set(room, entry);
    for (const event of events) {
      if (isAboutParticipant(event) && isNoteTakerName(event.name)) continue;
      const who = personIn(event);
      if (who !== null) this.#people.add(who);
      addInterval(entry.intervals, earliest(event), event.at, who);
    }
  }

  /** Distinct people of the file: by address, else by name. */
  get people(): number {
    return this.#people.size;
  }

  /** Earliest first. */
  meetings(): ImportedRoomMeeting[] {
    const list = [...this.#rooms].flatMap(([room, { title, intervals }]) =>
      intervals.map(({ from, to, people }) => ({ room, title, from, to, people: people.size })),
    );
    return list.toSorted((a, b) => a.from - b.from);
  }
}

function personIn(event: MeetingEvent): string | null {
  if (!isAboutParticipant(event)) return null;
  const { userId, name, participantId } = event;
  return userId ?? foldName(name) ?? participantId;
}

/** Adds an interval to the others, and merges those that it bridges. */
function addInterval(intervals: Interval[], from: Ms, to: Ms, who: string | null): void {
  const first = firstReaching(intervals, from - DEFAULT_EMPTY_GAP_MS);
  let last = first;
  while ((intervals[last]?.from ?? Infinity) <= to + DEFAULT_EMPTY_GAP_MS) last += 1;
  const merged = intervals[first];
  if (merged === undefined || last === first) {
    const people = new Set(who === null ? [] : [who]);
    intervals.splice(first, 0, { from, to, people });
    return;
  }
  merged.from = Math.min(merged.from, from);
  for (const other of intervals.splice(first + 1, last - first - 1)) {
    merged.to = Math.max(merged.to, other.to);
    for (const name of other.people) merged.people.add(name);
  }
  merged.to = Math.max(merged.to, to);
  if (who !== null) merged.people.add(who);
}

/** The index of the first interval that ends at that moment or later. */
function firstReaching(intervals: readonly Interval[], at: Ms): number {
  let [low, high] = [0, intervals.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle]?.to ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
