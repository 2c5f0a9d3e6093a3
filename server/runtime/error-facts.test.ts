import { DrizzleQueryError, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { consoleIntoLog } from "./console-log.ts";
import { errorFacts, errorFrames, errorWords } from "./error-facts.ts";
import { createLog } from "./log.ts";

const WHO = "Zenobia Quartermaine";
const SECRET = "c2VjcmV0IG9mIHRoZSBzb3VyY2U=";

let made: TestDatabase;
let database: Database;
beforeAll(async () => {
  made = await testDatabase();
  database = openDatabase(made.url, { max: 1 });
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

/** The error that the work throws. */
async function thrown(work: () => unknown): Promise<Error> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("that did not fail");
}

const execute = (query: ReturnType<typeof sql>) => thrown(() => database.orm.execute(query));

/** All output about an error: in the log, on the console, and in words. */
function allOutput(error: unknown): string {
  const lines: string[] = [];
  const log = createLog("trace", { write: (line) => void lines.push(line) });
  log.error({ err: error }, "failed");
  log.error({ failure: error }, "failed under another name");
  log.error(error);
  const quiet: Console = Object.create(console);
  consoleIntoLog(log, quiet);
  quiet.error("⨯", error);
  return [...lines, errorWords(error), errorFrames(error)].join("\n");
}

describe("the data that an error is about is not in the output", () => {
  test.each<[string, () => Promise<Error>]>([
    ["a parameter that is no number", () => execute(sql`select ${WHO}::int`)],
    ["a value written out in a statement", () => execute(sql`select ${sql.raw(`'${WHO}'::int`)}`)],
    [
      "a unique violation",
      async () => {
        const insert = sql`insert into statements
        select * from jsonb_populate_record(null::statements, ${JSON.stringify({ id: WHO })}::jsonb)`;
        return execute(insert);
      },
    ],
    [
      "a body that is no JSON in the database",
      () => execute(sql`select ${`{"name": ${WHO}`}::jsonb`),
    ],
    ["a body that is no JSON here", () => thrown(() => JSON.parse(`{"name": ${WHO}}`))],
    ["an address that is none", () => thrown(() => new URL(`http://${WHO}:x`))],
    [
      "a time zone that is none",
      () => thrown(() => new Intl.DateTimeFormat("en", { timeZone: WHO })),
    ],
    ["a number that is none", () => thrown(() => BigInt(WHO))],
    ["a shape", () => thrown(() => z.object({ a: z.literal(WHO) }).parse({ a: SECRET, [WHO]: 1 }))],
    [
      "an argument of another type",
      () => thrown(() => Reflect.apply(Buffer.from, Buffer, [Symbol(`'${WHO}'`)])),
    ],
    [
      "a cause of causes",
      async () => {
        const query = new DrizzleQueryError(
          "select $1",
          [WHO, SECRET],
          await execute(sql`select ${WHO}::int`),
        );
        return new Error("could not", { cause: new Error("it failed", { cause: query }) });
      },
    ],
    [
      "several at once",
      async () => new AggregateError([await execute(sql`select ${WHO}::int`)], "all failed"),
    ],
    [
      "a message like frames",
      async () =>
        Object.assign(new Error(`x\n    at “${WHO}” (file:///a.ts:1:1)`), { name: `${WHO}\n` }),
    ],
    [
      "fields beside the message",
      async () => Object.assign(new Error("failed"), { body: WHO, code: `${WHO} ${SECRET}` }),
    ],
  ])("%s", async (_what, fail) => {
    const error = await fail();
    const output = allOutput(error);
    expect(output).not.toContain(WHO);
    expect(output).not.toContain("Quartermaine");
    expect(output).not.toContain(SECRET);
    expect(output).toContain("at ");
  });

  test("however deep the query stands, with any parameters", async () => {
    const failure = await execute(sql`select 1/0`);
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{12,40}$/), fc.nat(8), (word, depth) => {
        let error: Error = new DrizzleQueryError("insert into people values ($1)", [word], failure);
        for (let level = 0; level < depth; level += 1) {
          error =
            level % 2 ? new AggregateError([error], "several") : new Error("one", { cause: error });
        }
        expect(allOutput(error)).not.toContain(word);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the output has what an operator needs", () => {
  test("which statement, which condition and where", async () => {
    const facts = errorFacts(await execute(sql`select ${"x"}::int from rooms where key = ${"y"}`));
    expect(facts).toMatchObject({
      type: "QueryError",
      message: "the query failed",
      query: "select $1::int from rooms where key = $2",
      cause: { type: "PostgresError", code: "22P02" },
    });
    expect(facts.cause).not.toHaveProperty("message");
    expect(facts.stack).toMatch(/^ +at .*\d+:\d+\)?$/m);
  });

  test("messages of the database about itself", async () => {
    const nowhere = openDatabase("postgres://nobody:x@127.0.0.1:1/none", { max: 1 });
    const error = await thrown(() => nowhere.orm.execute(sql`select 1`));
    await nowhere.close();
    expect(errorWords(error)).toContain("ECONNREFUSED 127.0.0.1:1");
    expect(errorWords(await execute(sql`select nothing`))).toContain(
      'column "nothing" does not exist',
    );
  });

  test("the message of an error of ours, without what it quotes", () => {
    expect(errorWords(new Error(`the source “${WHO}” isn't there: it's gone`))).toBe(
      "Error: the source … isn't there: it's gone",
    );
  });
});

test("the type alone of a value that is no error", () => {
  expect(errorFacts(WHO)).toEqual({ type: "string" });
  expect(errorFacts(null)).toEqual({ type: "null" });
  expect(errorFacts({ name: WHO })).toEqual({ type: "object" });
});

test("an error that is its own cause ends", () => {
  const error = new Error("round");
  error.cause = error;
  expect(errorWords(error)).toContain("because Error: round");
});
