import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmbedded } from "#db/embedded/embedded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { awayFor, type DatabaseLocation } from "./database-away.ts";
import type { Env } from "./env.ts";
import { StartFailure } from "./start-failure.ts";

/** The database's address, and the key for secrets at rest. */
export interface Storage extends DatabaseLocation {
  secret: string;
  close(): Promise<void>;
}

const OLDEST_VERSION = 15;

type Log = Parameters<typeof startEmbedded>[0]["log"];

/**
 * Opens the database of `DATABASE_URL`, or the embedded one. Throws an error with one line that says what
 * to do: `StartFailure`, `DatabaseAway` among them, or `EmbeddedDatabaseError`.
 */
export async function openStorage(env: Env, log: Log): Promise<Storage> {
  const secret = env.secret ?? storedSecret(env.dataDir);
  return { secret, ...(await openPlace(env, log)) };
}

/** As `openStorage`, without a key: for what is not an installation yet. */
export async function openPlace(env: Env, log: Log): Promise<Omit<Storage, "secret">> {
  if (env.databaseUrl !== null) {
    await check(env.databaseUrl);
    return { url: env.databaseUrl, log: null, close: async () => undefined };
  }
  const embedded = await startEmbedded({ dataDir: env.dataDir, log });
  const { url, log: ownLog, stop } = embedded;
  return { url, log: ownLog, close: stop };
}

/** Puts the key of a backup into the data folder. Another one that is there is set aside, and never lost. */
export function putSecret(dataDir: string, secret: string, now: Ms): void {
  if (storedSecret(dataDir) === secret) return;
  const file = join(dataDir, "secret");
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${secret}\n`, { mode: 0o600 });
  renameSync(file, `${file}.before-${new Date(now).toISOString().replaceAll(":", "")}`);
  renameSync(draft, file);
}

/** The key in the data folder, made at the first start. */
function storedSecret(dataDir: string): string {
  const file = join(dataDir, "secret");
  try {
    mkdirSync(dataDir, { recursive: true });
    try {
      writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, {
        flag: "wx",
        mode: 0o600,
      });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    throw new StartFailure(
      `The data folder ${dataDir} cannot be written${reason}: make it writable, or set ROLLCALL_DATA to one that is.`,
      { cause },
    );
  }
}

async function check(url: string): Promise<void> {
  // Imported only here, so that the embedded database starts without waiting for this module.
  const { default: postgres } = await import("postgres");
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    const [row] = await sql<{ version: number }[]>`
      select current_setting('server_version_num')::int / 10000 as version`;
    if ((row?.version ?? 0) < OLDEST_VERSION) {
      throw new StartFailure(
        `DATABASE_URL is PostgreSQL ${row?.version}: Rollcall needs ${OLDEST_VERSION} or later.`,
      );
    }
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    throw awayFor(error, { url, log: null }) ?? error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
