import type { Ms } from "#domain/time/ms.ts";

/** A wait that whoever has a reason to ends before its time. One at a time. */
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

  /** Ends the pause that is taken just now; none is no matter. */
  end(): void {
    this.#end();
  }
}
