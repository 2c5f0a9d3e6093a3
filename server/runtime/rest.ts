import type { Ms } from "#domain/time/ms.ts";
import { Pause } from "./pause.ts";

/** A wait that ends as soon as there is news, also news that came before it began, or when a signal is aborted. */
export class Rest {
  readonly #stop: AbortSignal;
  readonly #pause = new Pause();
  #isNews = false;

  constructor(stop: AbortSignal) {
    this.#stop = stop;
    stop.addEventListener("abort", () => this.#pause.end(), { once: true });
  }

  wake(): void {
    this.#isNews = true;
    this.#pause.end();
  }

  /** Whatever is news by now is looked at: only what comes after it wakes. */
  begin(): void {
    this.#isNews = false;
  }

  async take(forMs: Ms): Promise<void> {
    if (this.#isNews || this.#stop.aborted) return;
    await this.#pause.take(forMs);
  }
}
