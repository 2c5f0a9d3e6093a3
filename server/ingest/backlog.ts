import type { Ms } from "#domain/time/ms.ts";
import { type Kept, roomName } from "./project.ts";

/** How many deliveries one process remembers. Beyond that it only knows that there are more. */
const MOST_REMEMBERED = 50_000;

/**
 * Deliveries that are to be projected, by their rooms. Rooms take turns, so that a room with very many deliveries
 * does not delay the others.
 */
export class RoomBacklog {
  readonly #byRoom = new Map<string, Kept[]>();
  /** When each was added, in that order. */
  readonly #ids = new Map<number, Ms>();
  /** Rooms that are being projected now. */
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

  /** The deliveries that are to be projected, and those that are being projected. */
  get ids(): number[] {
    return [...this.#ids.keys()];
  }

  /** For how long the first of these has waited by now. */
  behindMs(now: Ms): Ms {
    const [first = now] = this.#ids.values();
    return now - first;
  }

  /** How many are to be projected in rooms that are not being projected now. */
  get waiting(): number {
    let count = 0;
    for (const [name, { length }] of this.#byRoom) if (!this.#taken.has(name)) count += length;
    return count;
  }

  has(deliveryId: number): boolean {
    return this.#ids.has(deliveryId);
  }

  add(all: readonly Kept[], now: Ms): void {
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

  /**
   * The next batch: of each room in turn at most `mostOfRoom`, and no more than `most` in all. `few` leaves out the
   * rooms in which more are waiting.
   */
  take(most: number, mostOfRoom: number, few = Number.POSITIVE_INFINITY): Kept[] {
    const batch: Kept[] = [];
    for (const [name, waiting] of this.#byRoom) {
      if (batch.length >= most) break;
      if (this.#taken.has(name) || waiting.length > few) continue;
      const part = waiting.splice(0, Math.min(mostOfRoom, most - batch.length));
      batch.push(...part);
      this.#taken.add(name);
      // A room with more waits for another turn, behind all others.
      this.#byRoom.delete(name);
      if (waiting.length > 0) this.#byRoom.set(name, waiting);
    }
    return batch;
  }

  /**
   * Ends a batch; those of it that are still to be projected come back. Answers for how long each of the others was
   * here by now.
   */
  end(batch: readonly Kept[], back: readonly Kept[], now: Ms): Ms[] {
    const again = new Set(back.map(({ deliveryId }) => deliveryId));
    const waited: Ms[] = [];
    for (const one of batch) {
      this.#taken.delete(nameOf(one));
      if (again.has(one.deliveryId)) continue;
      waited.push(now - (this.#ids.get(one.deliveryId) ?? now));
      this.#ids.delete(one.deliveryId);
    }
    for (const one of back) this.#push(one);
    return waited;
  }

  #push(one: Kept): void {
    const name = nameOf(one);
    const waiting = this.#byRoom.get(name);
    if (waiting) waiting.push(one);
    else this.#byRoom.set(name, [one]);
  }
}

function nameOf({ sourceId, room }: Kept): string {
  return roomName(sourceId, room);
}
