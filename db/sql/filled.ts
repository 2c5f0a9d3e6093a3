import { entityKind, type Query, SQL } from "drizzle-orm";

/**
 * A statement whose text is known, with its parameters: nothing of it has to be written any more. It stands alone.
 * The pages have a copy of all modules, and what one copy fills another sends: so it is known by its kind.
 */
export class Filled extends SQL {
  static override readonly [entityKind] = "Filled";
  readonly query: Query;
  constructor(sql: string, params: unknown[]) {
    super([PART]);
    this.query = { sql, params };
  }
}

const PART = {
  getSQL(): never {
    throw new Error("a statement that is rendered already cannot be a part of another");
  },
};
