import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { migrate } from "#db/connection/migrate.ts";
import { startEmbedded } from "#db/embedded/embedded.ts";
import { addSource } from "#db/sources/sources.ts";
import { encrypt } from "#server/runtime/encryption.ts";

/** A database for one benchmark: the embedded PostgreSQL, with its usual durability. */
export interface BenchStage {
  database: Database;
  /** The environment of every server that is measured on this database. */
  env: Record<string, string>;
  addDaily(): Promise<BenchTarget>;
  close(): Promise<void>;
}

/** The path and secret for signed deliveries of one source. */
export interface BenchTarget {
  source: string;
  /** Base64. */
  secret: string;
  path: string;
}

/** `data`: a folder with a database that is there already, and stays. */
export async function openBench(data: string | null = null): Promise<BenchStage> {
  const dataDir = data ?? (await mkdtemp(join(tmpdir(), "rollcall-bench-")));
  const silent = { info: () => undefined, error: (line: string) => process.stderr.write(line) };
  const embedded = await startEmbedded({ dataDir, log: silent });
  await migrate(embedded.url);
  const database = openDatabase(embedded.url, { max: 4 });
  const secret = randomBytes(32).toString("base64url");
  return {
    database,
    env: {
      NODE_ENV: "production",
      PORT: "0",
      HOST: "127.0.0.1",
      LOG_LEVEL: "warn",
      DATABASE_URL: embedded.url,
      ROLLCALL_DATA: dataDir,
      ROLLCALL_SECRET: secret,
    },
    async addDaily() {
      const signing = randomBytes(32).toString("base64");
      const sealedSecret = encrypt(signing, secret);
      const source = await addSource(database.orm, {
        provider: "daily",
        name: "Benchmark",
        sealedSecret,
      });
      return { source, secret: signing, path: `/api/webhooks/daily/${source}` };
    },
    async close() {
      await database.close();
      await embedded.stop();
      if (data === null) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Writes a checkpoint, so that a run does not pay for the writes of the one before. */
export async function settle({ database }: BenchStage): Promise<void> {
  await database.sql`checkpoint`;
}
