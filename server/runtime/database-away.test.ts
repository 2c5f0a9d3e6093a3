import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { awayFor, DatabaseAway, whileAnswering } from "./database-away.ts";

let own: TestDatabase;
let between: Server;
let database: Database;
/** Both ends of every connection. */
const wires = new Set<[Socket, Socket]>();

beforeAll(async () => {
  own = await testDatabase();
  const { hostname, port } = new URL(own.url);
  between = createServer((client) => {
    const server = connect(Number(port), hostname);
    wires.add([client, server]);
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
    client.pipe(server).pipe(client);
  });
  between.listen(0, "127.0.0.1");
  await once(between, "listening");
  const address = new URL(own.url);
  address.hostname = "127.0.0.1";
  address.port = String((between.address() as AddressInfo).port);
  database = openDatabase(address.href, { max: 1 });
});
afterAll(async () => {
  for (const wire of wires) for (const socket of wire) socket.destroy();
  await database.close();
  between.close();
  await own.drop();
});

/** From now on no data goes through, and no connection is closed. */
function freeze(): void {
  for (const [client, server] of wires) {
    client.unpipe(server).pause();
    server.unpipe(client).pause();
  }
}

describe("while a command works", () => {
  test("its result and its error are passed on", async () => {
    expect(await whileAnswering(database, async () => 7)).toBe(7);
    const failing = whileAnswering(database, () => Promise.reject(new RangeError("no")));
    await expect(failing).rejects.toThrow(RangeError);
  });

  test("a database that stops answering ends it", async () => {
    const waiting = whileAnswering(
      database,
      async () => {
        await database.orm.execute(sql`select 1`);
        freeze();
        await database.orm.execute(sql`select 1`);
      },
      20,
    );
    const error = await waiting.catch((reason: unknown) => reason);
    const away = awayFor(error, { url: own.url, log: "/data/postgres.log" });
    expect(away).toBeInstanceOf(DatabaseAway);
    expect(away?.message).toMatch(
      /^The database at \S+ \(the one that comes along\) does not answer: nothing came back in time\. .* its log is \/data\/postgres\.log\.$/,
    );
  });
});

test("a failure for another reason does not count as a database that is away", () => {
  const where = { url: "postgres://127.0.0.1:1/a", log: null };
  for (const error of [
    new TypeError("x"),
    Object.assign(new Error("no file"), { code: "ENOENT", syscall: "open" }),
    Object.assign(new Error("twice"), { name: "PostgresError", code: "23505" }),
  ]) {
    expect(awayFor(error, where)).toBeNull();
  }
});
