import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { testDatabase } from "#db/testing/database.ts";

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const { url, drop: dropIt } = await testDatabase();
  database = openDatabase(url, { max: 2 });
  drop = dropIt;
});
afterAll(async () => {
  await database.close();
  await drop();
});

const ROOM = "00000000-0000-4000-8000-000000000001";

async function waits(): Promise<unknown[]> {
  const rows = await database.orm.execute(sql`select participant_id from waits order by 1`);
  return rows.map((row) => row["participant_id"]);
}

function wait(participant: string): string {
  return `${ROOM}\t${participant}\t1\tp\t\\N\t\\N\tleft\tf\t1\n`;
}

const INTO =
  "waits (meeting_id, participant_id, started_at, person_id, name, ended_at, outcome, inferred, room_id)";

describe("rows in bulk", () => {
  test("are stored when the transaction is over", async () => {
    await database.transaction((tx) => tx.copy(INTO, [wait("a"), wait("b")]));
    expect(await waits()).toEqual(["a", "b"]);
  });

  test("are not stored where one of them is refused, and the connection goes on", async () => {
    const copying = database.transaction((tx) => tx.copy(INTO, [wait("c"), wait("a")]));
    await expect(copying).rejects.toThrow(/refused rows for waits/);
    expect(await waits()).toEqual(["a", "b"]);
    await database.transaction((tx) => tx.copy(INTO, [wait("d")]));
    expect(await waits()).toEqual(["a", "b", "d"]);
  });

  test("are not stored where one of very many is refused", async () => {
    const many = Array.from({ length: 50_000 }, (_, index) => wait(`g${index}`));
    const copying = database.transaction((tx) => tx.copy(INTO, [wait("a"), ...many]));
    await expect(copying).rejects.toThrow(/duplicate key|refused rows/);
    await database.transaction((tx) => tx.copy(INTO, [wait("e")]));
    expect(await waits()).toEqual(["a", "b", "d", "e"]);
  });

  test("are not stored where making them fails", async () => {
    function* failing() {
      yield wait("f");
      throw new Error("no more");
    }
    const copying = database.transaction((tx) => tx.copy(INTO, failing()));
    await expect(copying).rejects.toThrow(/no more/);
    await database.transaction((tx) => tx.copy(INTO, [wait("g")]));
    expect(await waits()).toEqual(["a", "b", "d", "e", "g"]);
  });
});
