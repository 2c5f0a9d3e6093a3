import { parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "#db/connection/client.ts";
import { rulesBySource } from "#server/ingest/reread.ts";
import { type SeedJob, type Share, writeShare } from "./share.ts";

/** The thread of a seeding: writes its share, and reports after every chunk. */

const job: SeedJob = workerData;
const database = openDatabase(job.url, { max: 1 });
try {
  const rules = await rulesBySource(database, job.sources);
  await writeShare(database, job, rules, (share: Share) => parentPort?.postMessage(share));
} finally {
  await database.close();
}
