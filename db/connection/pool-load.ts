/** How much a pool of connections has to do. */
export class PoolLoad {
  /** How many connections it may open. */
  readonly size: number;
  /** Statements and transactions under way; beyond `size` they share connections, or wait for one. */
  underWay = 0;

  constructor(size: number) {
    this.size = size;
  }

  /** Counts work for as long as it takes. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
    }
  }
}

const loads = new WeakMap<object, PoolLoad>();

/** From now on what is sent on some pools is counted together; `size` is how many connections they may open. */
export function countLoad(pools: readonly object[], size: number): PoolLoad {
  const load = new PoolLoad(size);
  for (const pool of pools) loads.set(pool, load);
  return load;
}

/** `null` where it is no pool, as the one connection of a transaction, which is counted as a whole. */
export function loadOf(pool: object): PoolLoad | null {
  return loads.get(pool) ?? null;
}
