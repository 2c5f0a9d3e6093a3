/** Rows that come in batches and are taken in portions of another size. */
export class RowsLeft<Row> {
  readonly #reading: AsyncIterator<readonly Row[]>;
  #batch: IteratorResult<readonly Row[]>;
  #taken = 0;

  private constructor(
    reading: AsyncIterator<readonly Row[]>,
    first: IteratorResult<readonly Row[]>,
  ) {
    this.#reading = reading;
    this.#batch = first;
  }

  /** Reads the first batch at once, so that a failing read throws here. */
  static async of<Row>(batches: AsyncIterable<readonly Row[]>): Promise<RowsLeft<Row>> {
    const reading = batches[Symbol.asyncIterator]();
    return new RowsLeft(reading, await reading.next());
  }

  async isMore(): Promise<boolean> {
    while (!this.#batch.done && this.#taken >= this.#batch.value.length) {
      this.#batch = await this.#reading.next();
      this.#taken = 0;
    }
    return !this.#batch.done;
  }

  /** Takes at most so many rows; none where there are no more. */
  async take(most: number): Promise<readonly Row[]> {
    if (!(await this.isMore()) || this.#batch.done) return [];
    const rows = this.#batch.value.slice(this.#taken, this.#taken + most);
    this.#taken += rows.length;
    return rows;
  }

  async close(): Promise<void> {
    await this.#reading.return?.();
  }
}
