import { type Query, SQL } from "drizzle-orm";

/** A statement whose text is known, with its parameters: nothing of it has to be written any more. It stands alone. */
export class Filled extends SQL {
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
