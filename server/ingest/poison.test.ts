import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { clock, joins, minutes } from "#domain/testing/history.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { answerOf, openTestApp, post, type TestApp } from "#server/testing/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
afterEach(() => {
  app.log.length = 0;
});

/** A person joins, with this name and connection. */
function arrival(name: string, session: string, room = "ward"): string {
  const [event] = minutes(["10:00", joins(name, { session })]);
  if (!event) throw new Error("no event");
  return bodyOf("daily", event, room, `${room} ${session}`);
}

/** Text that hardly compresses, of the characters from `first` on. */
function assorted(length: number, first: number, count: number): string {
  let state = 7;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCodePoint(first + (state % count));
  }).join("");
}

const odd: [what: string, name: string, kept: string | null][] = [
  ["a NUL", "A\0da", "Ada"],
  ["nothing but a NUL", "\0", null],
  ["a lone surrogate", "A\ud83dda", "A\ufffdda"],
  ["an array literal of PostgreSQL", '{"a",NULL}\\', '{"a",NULL}\\'],
  ["the word NULL", "NULL", "NULL"],
  ["a line break and quotes", 'A\n"d\'a\\"', 'A\n"d\'a\\"'],
  ["an emoji of several code points", "👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"],
  ["right-to-left", "\u202eadA مرحبا", "\u202eadA مرحبا"],
  ["a megabyte", "x".repeat(1_000_000), "x".repeat(500)],
];

describe("an odd name is stored, and fails no other delivery", () => {
  test.each(odd)("%s", async (what, name, expected) => {
    const account = await app.account();
    const bodies = [arrival("Bo", "bo"), arrival(name, "odd", what), arrival("Cy", "cy")];
    const answers = await Promise.all(
      bodies.map(async (body) => answerOf(await post(app, account, body))),
    );
    expect(answers).toEqual(["recorded", "recorded", "recorded"]);
    const [row] = await app.database.orm.execute(sql`
      select a.name from attendances a join meetings m on m.id = a.meeting_id
      join rooms r on r.id = m.room_id where r.source_id = ${account.id} and r.key = ${what}`);
    expect(row).toEqual({ name: expected });
    expect(app.log).toEqual([]);
  });
});

describe("a name is never too long to be indexed", () => {
  test.each([
    ["of characters of four bytes", assorted(600, 0x20000, 40_000)],
    ["of characters that folding makes six", assorted(600, 0x3300, 0x57)],
    ["of characters that folding makes eighteen", "\ufdfa".repeat(600)],
  ])("%s", async (what, name) => {
    const account = await app.account();
    const answers = await Promise.all(
      [arrival("Bo", "bo"), arrival(name, what)].map(async (body) =>
        answerOf(await post(app, account, body)),
      ),
    );
    expect(answers).toEqual(["recorded", "recorded"]);
  });
});

describe("a delivery whose id cannot be indexed is stored as unreadable, and fails no other", () => {
  test.each([
    ["room", arrival("Ada", "ada", "x".repeat(1_001))],
    ["session", arrival("Ada", assorted(400, 0x4e00, 20_000))],
  ])("%s", async (_what, body) => {
    const account = await app.account();
    const answers = await Promise.all(
      [arrival("Bo", "bo"), body, arrival("Cy", "cy")].map(async (one) =>
        answerOf(await post(app, account, one)),
      ),
    );
    expect(answers).toEqual(["recorded", "unreadable", "recorded"]);
  });

  test("but one of 1,000 bytes is recorded, whatever it is made of", async () => {
    const account = await app.account();
    const id = assorted(333, 0x4e00, 20_000);
    const [event] = minutes(["10:00", joins(id, { session: id, user: `${id}!` })]);
    const body = event ? bodyOf("daily", event, id, "1") : "";
    expect(await answerOf(await post(app, account, body))).toBe("recorded");
  });
});

test("a delivery that the database refuses is stored as unreadable with the reason, and fails no other", async () => {
  const account = await app.account();
  await app.database.orm.execute(sql`
    alter table rooms add constraint no_cellar check (key <> 'cellar')`);
  const rooms = ["ward", "cellar", "attic", "cellar"];
  const answers = await Promise.all(
    rooms.map(async (room, index) =>
      answerOf(await post(app, account, arrival("Ada", `ada ${index}`, room))),
    ),
  );
  // Their sender is answered that they are kept: the refusal comes later.
  expect(answers).toEqual(["recorded", "recorded", "recorded", "recorded"]);
  const stored = await app.database.orm.execute<{ status: string; reason: string | null }>(sql`
    select status, reason, room from deliveries where source_id = ${account.id} order by status, id`);
  expect(stored.map(({ status }) => status)).toEqual([
    "recorded",
    "recorded",
    "unreadable",
    "unreadable",
  ]);
  expect(stored[2]?.reason).toMatch(/^could not be recorded: .*no_cellar/s);
  expect(app.log).toHaveLength(2);
});

test("several bodies of almost 1 MiB are kept together", async () => {
  const account = await app.account();
  const large = (id: string) => `${arrival("Ada", id)}${" ".repeat(1_048_000)}`;
  const answers = await Promise.all(
    ["1", "2", "3", "4"].map(async (id) => answerOf(await post(app, account, large(id)))),
  );
  expect(answers).toEqual(["recorded", "recorded", "recorded", "recorded"]);
});

test("the earliest and the latest possible times are recorded", async () => {
  const account = await app.account();
  for (const at of [Date.UTC(2000, 0, 1), Date.UTC(2100, 0, 1) - 1, clock("10:00")]) {
    const body = bodyOf("daily", joins("Ada", { session: `${at}` })(at), "ward", `${at}`);
    expect(await answerOf(await post(app, account, body))).toBe("recorded");
  }
});
