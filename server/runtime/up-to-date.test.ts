import { expect, test } from "vitest";
import { openDatabase } from "#db/connection/client.ts";
import { databaseAt, execute, testDatabase } from "#db/testing/database.ts";
import { StartFailure } from "./start-failure.ts";
import { bringUpToDate } from "./up-to-date.ts";

test("a role that may not create tables is reported in one line, without its password", async () => {
  const { url, drop } = await testDatabase();
  const [role, empty] = [`guest_${process.pid}`, `empty_${process.pid}`];
  try {
    await execute(url, `create role ${role} login password 'hunter2'`);
    await execute(url, `create database ${empty} template template0`);
    const address = new URL(databaseAt(url, empty));
    address.username = role;
    address.password = "hunter2";
    const database = openDatabase(address.href, { max: 1 });
    const refused: unknown = await bringUpToDate({ url: address.href, log: null }, database).catch(
      (error) => error,
    );
    await database.close();
    expect(refused).toBeInstanceOf(StartFailure);
    const message = refused instanceof Error ? refused.message : "";
    expect(message).toMatch(/permission denied .*\(42501\)\. Let the role of DATABASE_URL create/);
    expect(message).not.toMatch(/hunter2|\n/);
  } finally {
    await execute(url, `drop database if exists ${empty} with (force)`);
    await execute(url, `drop role if exists ${role}`);
    await drop();
  }
});
