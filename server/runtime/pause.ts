import type { Ms } from "#domain/time/ms.ts";

/** A wait that can be ended before its time. One at a time. */
export class Pause {
  #end: () => void = () => undefined;

  /** Resolves when the time is over, to true; or when `end` is called, to false. */
  take(forMs: Ms): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), forMs);
      this.#end = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }

  /** Ends the pause that is under way, if there is one. */
  end(): void {
    this.#end();
  }
}
