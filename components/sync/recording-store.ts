import type { Recording } from "#domain/live/recording.ts";

/** What the server last said of whether webhooks are recorded, for whoever shows it. */
export class RecordingStore {
  #recording: Recording;
  /** What comes next is from another process, whose clock is another. */
  #isAnew = false;
  readonly #listeners = new Set<() => void>();

  constructor(opened: Recording) {
    this.#recording = opened;
  }

  get = (): Recording => this.#recording;

  /** Learns a state, unless a later one is known already: answers and pushes overtake each other. */
  hear(heard: Recording): void {
    if (!this.#isAnew && heard.changed_at <= this.#recording.changed_at) return;
    this.#isAnew = false;
    this.#set(heard);
  }

  /** The server is there and says no more than why it can keep nothing. */
  hearHalted(halted: Recording["halted"]): void {
    this.#isAnew = true;
    this.#set({ ...this.#recording, halted });
  }

  /** From now on it is perhaps another process that speaks. */
  beginAnew(): void {
    this.#isAnew = true;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(next: Recording): void {
    this.#recording = next;
    for (const listener of this.#listeners) listener();
  }
}
