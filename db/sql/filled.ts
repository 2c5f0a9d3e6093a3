import { entityKind, type Query, SQL } from "drizzle-orm";

/**
 * A statement whose text is already rendered, with its parameters. It stands alone. The pages have a copy of
 * all modules, and one copy may send what the other filled: so it is recognised by its entity kind.
 */
export class RenderedStatement extends SQL {
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
