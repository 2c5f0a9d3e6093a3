import type { Ms } from "#domain/time/ms.ts";
import type { ServerClock } from "./clock.ts";
import type { ConnectionStatusStore } from "./connection-status.ts";
import { type Trust, trustOf } from "./freshness.ts";
import type { RecordingStore } from "./recording-store.ts";

/**
 * The time up to which this page has the server's facts: now while it is up to date, otherwise the last moment at which
 * it was. Running durations on the screen are measured to it, so that no wait grows that may be over by now.
 */
export class UpToDateTime {
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
