import type { Ms } from "#domain/time/ms.ts";

/** A wait that can be ended before its time. One at a time. */
export class Pause {
  #end: () => void = () => undefined;

  /** Resolves when the time is over, or `end` is called. */
  take(forMs: Ms): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, forMs);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends the pause that is under way, if there is one. */
  end(): void {
    this.#end();
  }
}
