import type { Ms } from "#domain/time/ms.ts";
import type { ServerClock } from "./clock.ts";
import type { ConnectionStatusStore } from "./connection-status.ts";
import { type Trust, trustOf } from "./freshness.ts";
import type { RecordingStore } from "./recording-store.ts";

/**
 * Up to when it is known what happens: now, and on a page that is not level with the server the last moment at which
 * it was. What runs on the screen runs by it, so that no wait grows of which nobody knows whether it goes on.
 */
export class KnownTime {
  readonly #clock: ServerClock;
  readonly #link: ConnectionStatusStore;
  readonly #recording: RecordingStore;

  constructor(clock: ServerClock, link: ConnectionStatusStore, recording: RecordingStore) {
    this.#clock = clock;
    this.#link = link;
    this.#recording = recording;
  }

  standing(): Trust {
    return trustOf(this.#link.get(), this.#recording.get(), this.#clock.now());
  }

  now = (): Ms => {
    const standing = this.standing();
    return standing.state === "level" ? this.#clock.now() : standing.since;
  };

  subscribe = (listener: () => void): (() => void) => {
    const stops = [this.#clock, this.#link, this.#recording].map((of) => of.subscribe(listener));
    return () => {
      for (const stop of stops) stop();
    };
  };
}
