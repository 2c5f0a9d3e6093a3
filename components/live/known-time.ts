import type { Ms } from "#domain/event.ts";
import type { Clock } from "./clock.ts";
import { type Standing, standingOf } from "./freshness.ts";
import type { LinkStore } from "./link.ts";
import type { RecordingStore } from "./recording-store.ts";

/**
 * Up to when it is known what happens: now, and on a page that is not level with the server the last moment at which
 * it was. What runs on the screen runs by it, so that no wait grows of which nobody knows whether it goes on.
 */
export class KnownTime {
  readonly #clock: Clock;
  readonly #link: LinkStore;
  readonly #recording: RecordingStore;

  constructor(clock: Clock, link: LinkStore, recording: RecordingStore) {
    this.#clock = clock;
    this.#link = link;
    this.#recording = recording;
  }

  standing(): Standing {
    return standingOf(this.#link.get(), this.#recording.get(), this.#clock.now());
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
