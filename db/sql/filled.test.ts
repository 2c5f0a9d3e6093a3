import { entityKind, SQL, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { dialect } from "./dialect.ts";
import { RenderedStatement } from "./filled.ts";

/** The class as in the copy of these modules that the pages are built with. */
class Copy extends SQL {
  static override readonly [entityKind] = RenderedStatement[entityKind];
  readonly query = { sql: "select $1", params: ["{a}"] };
}

test("is sent as it is, also by a copy of these modules", () => {
  const sent = { sql: "select $1", params: ["{a}"] };
  expect(dialect.sqlToQuery(new RenderedStatement("select $1", ["{a}"]))).toEqual(sent);
  expect(dialect.sqlToQuery(new Copy([]))).toEqual(sent);
});

test("cannot be a part of another statement", () => {
  const filled = new RenderedStatement("select 1", []);
  expect(() => dialect.sqlToQuery(sql`with one as (${filled}) table one`)).toThrow(
    "cannot be a part of another",
  );
});
