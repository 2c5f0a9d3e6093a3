/** Lets work of `capacity` in all run at a time; the rest waits in the order in which it came. */
export class Semaphore {
  #free: number;
  readonly #capacity: number;
  readonly #waiting: { weight: number; enter: () => void }[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#free = capacity;
  }

  /** Does the work once there is capacity for it. Work heavier than the whole capacity runs alone. */
  async take<T>(work: () => Promise<T>, weight = 1): Promise<T> {
    const own = Math.min(weight, this.#capacity);
    await this.#enter(own);
    try {
      return await work();
    } finally {
      this.#free += own;
      this.#letIn();
    }
  }

  #enter(weight: number): Promise<void> {
    return new Promise((enter) => {
      this.#waiting.push({ weight, enter });
      this.#letIn();
    });
  }

  #letIn(): void {
    for (let next = this.#waiting[0]; next && next.weight <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= next.weight;
      next.enter();
    }
  }
}
