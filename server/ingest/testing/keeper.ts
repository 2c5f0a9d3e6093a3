import { openDatabase } from "#db/connection/client.ts";
import { createIntake } from "#server/ingest/intake.ts";
import { KeepingHealth } from "#server/ingest/keeping.ts";
import { Projector } from "#server/ingest/projector.ts";
import { readingOf } from "#server/ingest/reading.ts";
import { arrivalOf } from "#server/ingest/receive.ts";
import { provider as providerNamed } from "#server/providers/providers.ts";

/*
 * A process that keeps the deliveries it is sent and projects them, until it is killed: `keeper.ts URL SOURCE NOW`. It
 * is sent `[number, body]` and answers the number when the delivery is durable.
 */

const [url = "", sourceId = "", moment = "0"] = process.argv.slice(2);
const provider = providerNamed("daily");
if (provider === null) throw new Error("there is no such provider");
const now = () => Number(moment);
const log = {
  error: (about: object, words: string) =>
    process.stderr.write(`${words} ${JSON.stringify(about)}\n`),
};
const database = openDatabase(url, { max: 2 });
const projector = new Projector(database, { now, log });
const intake = createIntake(database, { now, keeping: new KeepingHealth(), projector });
projector.watch();

process.on("message", (message) => {
  if (!Array.isArray(message)) return;
  const raw = Buffer.from(String(message[1]));
  const arrival = arrivalOf({ id: sourceId, provider }, raw, readingOf(provider, raw), now());
  intake.keep(arrival).then(
    // The process that sent it may be gone.
    () => process.send?.(message[0], () => undefined),
    (error: unknown) => log.error({ err: error }, "not kept"),
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
