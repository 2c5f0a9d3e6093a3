import { fastify } from "fastify";
import postgres from "postgres";
import { plainDelivery, plainSettings } from "./plain-delivery.ts";

/** The plain way on a fast framework: check the signature, insert one row, answer. */

const settings = plainSettings.parse(process.env);
const sql = postgres(settings.DATABASE_URL, { max: 10, onnotice: () => undefined });
const table = sql(settings.BENCH_TABLE);

const app = fastify({ logger: false, bodyLimit: 1_048_576 });
app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) =>
  done(null, body),
);
app.post("/api/webhooks/daily/:source", async (request, reply) => {
  const raw = request.body;
  if (!Buffer.isBuffer(raw)) return reply.code(400).send({ status: "empty" });
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === "string" ? value : null;
  };
  const delivery = plainDelivery(raw, header, settings.BENCH_SECRET);
  if (delivery === null) return reply.code(401).send({ status: "refused" });
  const { key, type, receivedAt } = delivery;
  const rows = await sql`
    insert into ${table} (source_id, key, occurrence, received_at, status, type, body)
    values (${settings.BENCH_SOURCE}, ${key}, ${key}, ${receivedAt}, 'recorded', ${type}, ${raw})
    on conflict do nothing
    returning id`;
  return { status: rows.length > 0 ? "recorded" : "repeated" };
});

await app.listen({ host: "127.0.0.1", port: 0 });
const address = app.server.address();
if (typeof address === "object" && address !== null) {
  process.stdout.write(`listening on ${address.port}\n`);
}
process.on("SIGTERM", () => process.exit(0));
