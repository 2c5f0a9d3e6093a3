import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { eventually } from "#db/testing/eventually.ts";
import { type Database, openDatabase } from "./client.ts";

/*
 * A connection lost in a transaction ends that transaction and nothing else. The published driver ends the
 * process, or sends nothing any more on its new connection: see `db/patches`.
 */

let testDb: TestDatabase;
let proxy: Server;
const clients = new Set<Socket>();
let database: Database;

beforeAll(async () => {
  testDb = await testDatabase();
  const { hostname, port } = new URL(testDb.url);
  proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    clients.add(client);
    client.on("error", () => server.destroy()).on("close", () => clients.delete(client));
    server.on("error", () => client.destroy());
    client.pipe(server).pipe(client);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = new URL(testDb.url);
  address.hostname = "127.0.0.1";
  address.port = String((proxy.address() as AddressInfo).port);
  database = openDatabase(address.href, { max: 1 });
});
afterAll(async () => {
  await database.close();
  proxy.close();
  await testDb.drop();
});

/** How a connection ends, seen from this side. */
const WAYS = {
  "says that it ends": (socket: Socket) => socket.end(),
  "is reset": (socket: Socket) => socket.resetAndDestroy(),
};
const TIMES = 5;

test.each(Object.keys(WAYS) as (keyof typeof WAYS)[])(
  "a connection that %s ends one transaction",
  async (way) => {
    for (const writer of [database, database.door, database.projector]) {
      for (let time = 0; time < TIMES; time += 1) {
        const lost = writer.transaction(async (tx) => {
          await tx.execute(sql`select 1`);
          const waiting = tx.execute(sql`select pg_sleep(10)`);
          clients.forEach(WAYS[way]);
          await waiting;
        });
        await expect(lost).rejects.toThrow();
        // A connection that is known to be lost by now may be given to the next transaction as well.
        await eventually(async () => expect(await answered(writer)).toBe(1));
      }
    }
  },
);

async function answered(writer: Pick<Database, "transaction">): Promise<unknown> {
  return writer
    .transaction(async (tx) => {
      const [row] = await tx.execute<{ one: number }>(sql`select 1 as one`);
      return row?.one;
    })
    .catch(() => null);
}
