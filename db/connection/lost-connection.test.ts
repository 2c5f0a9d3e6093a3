import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { eventually } from "#db/testing/eventually.ts";
import { type Database, openDatabase } from "./client.ts";

/*
 * A connection that is lost in the midst of a transaction ends that transaction and nothing else. The driver as it is
 * published ends the process, or sends nothing any more on what it connects anew: see `db/patches`.
 */

let own: TestDatabase;
let between: Server;
const inside = new Set<Socket>();
let database: Database;

beforeAll(async () => {
  own = await testDatabase();
  const { hostname, port } = new URL(own.url);
  between = createServer((client) => {
    const server = connect(Number(port), hostname);
    inside.add(client);
    client.on("error", () => server.destroy()).on("close", () => inside.delete(client));
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
  await database.close();
  between.close();
  await own.drop();
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
          inside.forEach(WAYS[way]);
          await waiting;
        });
        await expect(lost).rejects.toThrow();
        // What is known to be lost by now may be so for the next as well.
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
