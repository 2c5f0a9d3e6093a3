import type { Ms } from "#domain/time/ms.ts";
import { type Projectable, roomName } from "./project.ts";

/** What one process remembers of what is to be projected. Beyond that it only knows that there is more. */
const MOST_REMEMBERED = 20_000;

/**
 * Deliveries that are to be projected, by their rooms. Rooms take turns, so that whoever sends very much about
 * one keeps no other waiting.
 */
export class RoomBacklog {
  readonly #byRoom = new Map<string, Projectable[]>();
  /** With when each was added, the first first. */
  readonly #ids = new Map<number, Ms>();
  /** Rooms that are being projected just now. */
  readonly #taken = new Set<string>();
  #isMore = false;

  /** Whether nothing is to be projected and nothing is under way. */
  get isEmpty(): boolean {
    return this.#ids.size === 0 && this.#taken.size === 0;
  }

  /** Whether more is to be projected than is remembered. */
  get isMore(): boolean {
    return this.#isMore;
  }

  noteMore(isMore: boolean): void {
    this.#isMore = isMore;
  }

  /** What is to be projected by now, and what is under way. */
  get ids(): number[] {
    return [...this.#ids.keys()];
  }

  /** How long the first of what is to be projected waits by now. */
  behindMs(now: Ms): Ms {
    const [first = now] = this.#ids.values();
    return now - first;
  }

  /** How many are to be projected in rooms of which nothing is under way. */
  get waiting(): number {
    let count = 0;
    for (const [name, { length }] of this.#byRoom) if (!this.#taken.has(name)) count += length;
    return count;
  }

  has(deliveryId: number): boolean {
    return this.#ids.has(deliveryId);
  }

  add(all: readonly Projectable[], now: Ms): void {
    for (const one of all) {
      if (this.#ids.has(one.deliveryId)) continue;
      if (this.#ids.size >= MOST_REMEMBERED) {
        this.#isMore = true;
        return;
      }
      this.#ids.set(one.deliveryId, now);
      this.#push(one);
    }
  }

  /** The next bite: of each room in turn at most so many, and no more than `most` of all. */
  take(most: number, mostOfRoom: number): Projectable[] {
    const bite: Projectable[] = [];
    for (const [name, waiting] of this.#byRoom) {
      if (bite.length >= most) break;
      if (this.#taken.has(name)) continue;
      const part = waiting.splice(0, Math.min(mostOfRoom, most - bite.length));
      bite.push(...part);
      this.#taken.add(name);
      // Whoever has more waits for another turn, behind all others.
      this.#byRoom.delete(name);
      if (waiting.length > 0) this.#byRoom.set(name, waiting);
    }
    return bite;
  }

  /** A bite is over; what of it is still to be projected comes back. */
  end(bite: readonly Projectable[], back: readonly Projectable[]): void {
    const again = new Set(back);
    for (const one of bite) {
      this.#taken.delete(nameOf(one));
      if (!again.has(one)) this.#ids.delete(one.deliveryId);
    }
    for (const one of back) this.#push(one);
  }

  #push(one: Projectable): void {
    const name = nameOf(one);
    const waiting = this.#byRoom.get(name);
    if (waiting) waiting.push(one);
    else this.#byRoom.set(name, [one]);
  }
}

function nameOf({ sourceId, room }: Projectable): string {
  return roomName(sourceId, room);
}
