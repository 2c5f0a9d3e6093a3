import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/client.ts";
import { testDatabase } from "#db/testing/database.ts";
import { dropNames, keepNames } from "./names.ts";
import { keepAttendances } from "./people.ts";

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const own = await testDatabase();
  database = openDatabase(own.url, { max: 1 });
  drop = own.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});

async function kept(): Promise<unknown[]> {
  const rows = await database.orm.execute(sql`select key from names order by key`);
  return rows.map(({ key }) => key);
}

test("a name is kept once, and goes when nobody has it any more", async () => {
  await database.transaction((tx) => keepNames(tx, ["grace", "ada", "ada"]));
  await database.transaction((tx) => keepNames(tx, ["ada", "bo"]));
  expect(await kept()).toEqual(["ada", "bo", "grace"]);
  await database.transaction(async (tx) => {
    await keepAttendances(tx, [attendance("ada")]);
    await dropNames(tx, ["ada", "grace"]);
  });
  expect(await kept()).toEqual(["ada", "bo"]);
});

test("two who have the same new names at once both keep them", async () => {
  const [some, others] = [
    ["cy", "di", "ed"],
    ["ed", "di", "flo"],
  ];
  await Promise.all([
    database.transaction((tx) => keepNames(tx, some)),
    database.transaction((tx) => keepNames(tx, others)),
  ]);
  expect(await kept()).toEqual(expect.arrayContaining(["cy", "di", "ed", "flo"]));
});

function attendance(nameKey: string): Parameters<typeof keepAttendances>[1][number] {
  return {
    meetingId: "00000000-0000-4000-8000-000000000001",
    personId: "c:1",
    identifiedBy: "connection",
    name: nameKey,
    nameKey,
    userId: null,
    participantIds: ["1"],
    status: "left",
    isHost: false,
    firstJoinedAt: 1,
    lastLeftAt: 2,
    attendedMs: 1,
    openSince: null,
    hostedUntil: null,
    hostSaid: false,
    visits: [],
    waits: [],
    tenures: [],
  };
}
