import type { Recording } from "#domain/live/recording.ts";

/** The server's last report of whether webhooks are recorded. */
export class RecordingStore {
  #recording: Recording;
  /** The next report may come from another process, whose clock differs. */
  #isNewProcess = false;
  readonly #listeners = new Set<() => void>();

  constructor(opened: Recording) {
    this.#recording = opened;
  }

  get = (): Recording => this.#recording;

  /** Stores a report, unless a later one is already here: answers and pushes overtake each other. */
  store(recording: Recording): void {
    if (!this.#isNewProcess && recording.changed_at <= this.#recording.changed_at) return;
    this.#isNewProcess = false;
    this.#set(recording);
  }

  /** Stores why the server can record nothing. A halted server reports no more than that. */
  storeHalted(halted: Recording["halted"]): void {
    this.#isNewProcess = true;
    this.#set({ ...this.#recording, halted });
  }

  /** Accepts the next report whatever its time: it may come from another process. */
  beginAnew(): void {
    this.#isNewProcess = true;
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
