import { bigint, customType, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import {
  type PlainDelivery,
  plainDelivery,
  plainSettings,
} from "#bench/baselines/plain-delivery.ts";

/** The plain way in Next: a route, and Drizzle's builder. */

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

function deliveriesIn(table: string) {
  return pgTable(table, {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    sourceId: uuid().notNull(),
    key: uuid().notNull(),
    occurrence: uuid().notNull(),
    receivedAt: timestamp({ withTimezone: true }).notNull(),
    status: text().notNull(),
    type: text(),
    repeats: integer().notNull().default(0),
    body: bytes().notNull(),
  });
}

function openStore() {
  const settings = plainSettings.parse(process.env);
  const sql = postgres(settings.DATABASE_URL, { max: 10, onnotice: () => undefined });
  const orm = drizzle(sql, { casing: "snake_case" });
  const deliveries = deliveriesIn(settings.BENCH_TABLE);
  return {
    secret: settings.BENCH_SECRET,
    async insert({ key, type, receivedAt }: PlainDelivery, body: Buffer) {
      const rows = await orm
        .insert(deliveries)
        .values({
          sourceId: settings.BENCH_SOURCE,
          key,
          occurrence: key,
          receivedAt,
          status: "recorded",
          type,
          body,
        })
        .onConflictDoNothing()
        .returning({ id: deliveries.id });
      return rows.length > 0;
    },
  };
}

let store: ReturnType<typeof openStore> | null = null;

export async function POST(request: Request): Promise<Response> {
  store ??= openStore();
  const raw = Buffer.from(await request.arrayBuffer());
  const delivery = plainDelivery(raw, (name) => request.headers.get(name), store.secret);
  if (delivery === null) return Response.json({ status: "refused" }, { status: 401 });
  return Response.json({ status: (await store.insert(delivery, raw)) ? "recorded" : "repeated" });
}
