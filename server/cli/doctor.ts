import { accessSync, constants, mkdirSync, statfsSync } from "node:fs";
import { z } from "zod";
import { listKeys } from "#db/access/keys.ts";
import { listen } from "#db/connection/bus.ts";
import { failureOf, hindranceOf } from "#db/connection/failure.ts";
import { tryWriting } from "#db/connection/writing.ts";
import { type StoppedRooms, stoppedRooms, unprojectedCount } from "#db/recording/unprojected.ts";
import { listSources, type StoredSource } from "#db/sources/sources.ts";
import { isOpenKey } from "#domain/access/open.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isOwned } from "#server/access/sign-in/owned.ts";
import { decrypt } from "#server/runtime/encryption.ts";
import { hostInUrl } from "#server/runtime/env.ts";
import { errorWords } from "#server/runtime/error-facts.ts";
import { runningServer } from "#server/runtime/running.ts";
import { bad, type Check, good } from "./check.ts";
import type { CliContext } from "./command.ts";
import { backup, schema } from "./doctor-backups.ts";
import { expiry } from "./doctor-expiry.ts";
import { missed } from "./doctor-missed.ts";
import { refused, silence, sources, stays } from "./doctor-sources.ts";

const LEAST_FREE = 1_073_741_824;
const CLOCK_MS = 5_000;
const BUS_MS = 3_000;
const DAY_MS = 86_400_000;
/** The server looks every second for deliveries that no process projects. */
const LATE_MS = 10_000;
/** A key that was not used for this long is named in the advice. */
const UNUSED_MS = 90 * DAY_MS;
/** A rotation takes less than this. */
const ROTATING_MS = 7 * DAY_MS;

/** The checks, in this order; those with `true` query the database. */
const CHECKS = [
  [database, true],
  [schema, true],
  [bus, true],
  [projecting, true],
  [disk, false],
  [clock, true],
  [server, false],
  [outside, false],
  [secrets, true],
  [keys, true],
  [sources, true],
  [silence, true],
  [refused, true],
  [stays, true],
  [missed, true],
  [backup, true],
  [expiry, true],
] as const;

/** Checks everything Rollcall depends on, one after another. A database that is away is queried once. */
export async function examine(context: CliContext): Promise<Check[]> {
  const results: Check[] = [];
  let isAway = false;
  for (const [check, asks] of CHECKS) {
    if (asks && isAway) {
      results.push(bad(check.name, "not looked at: the database is away", "See “database”."));
      continue;
    }
    try {
      results.push(await check(context));
    } catch (error) {
      isAway ||= asks && failureOf(error) === "down";
      const advice = "Look at the message, and at the log of the database.";
      results.push(bad(check.name, errorWords(error), advice));
    }
  }
  return results;
}

async function database({ database: { sql, health }, env }: CliContext): Promise<Check> {
  const started = performance.now();
  const [row] = await sql<
    { version: string }[]
  >`select current_setting('server_version') as version`;
  const took = Math.round(performance.now() - started);
  const kind = env.databaseUrl === null ? "embedded" : "DATABASE_URL";
  const detail = `PostgreSQL ${row?.version} (${kind}) answers in ${took} ms`;
  try {
    await tryWriting(health, { room: true });
  } catch (error) {
    const hindrance = hindranceOf(error);
    if (hindrance === "unavailable") throw error;
    return bad("database", `${detail}, and takes nothing that is written`, ADVICE[hindrance]);
  }
  return good("database", detail);
}

const ADVICE = {
  disk_full: "Its disk is full: make room, or no webhook is kept.",
  read_only:
    "It may only be read: connect to the primary, or turn default_transaction_read_only off.",
} as const;

async function bus({ database: { sql } }: CliContext): Promise<Check> {
  const received = Promise.withResolvers<void>();
  const unlisten = await listen(
    sql,
    () => received.resolve(),
    () => undefined,
  );
  const late = setTimeout(() => received.reject(new Error("nothing heard")), BUS_MS);
  try {
    const started = performance.now();
    await sql`select pg_notify('rollcall', '{"b":[],"m":[]}')`;
    await received.promise;
    return good("bus", `a notice is heard after ${Math.round(performance.now() - started)} ms`);
  } catch {
    const advice =
      "LISTEN needs a direct connection: point DATABASE_URL past a transaction-mode pooler.";
    return bad("bus", "a notice was sent and not heard", advice);
  } finally {
    clearTimeout(late);
    await unlisten();
  }
}

async function projecting({ database: { health } }: CliContext): Promise<Check> {
  const stopped = await stoppedRooms(health);
  if (stopped !== null) return bad("projecting", stoppedWords(stopped), stoppedAdvice(stopped));
  const { count, oldestAt } = await unprojectedCount(health);
  if (count === 0 || oldestAt === null) return good("projecting", "all that is kept is projected");
  const waitsMs = Math.max(0, Date.now() - oldestAt);
  const detail = `${count} kept deliveries wait to be projected, the first for ${Math.round(waitsMs / 1_000)} s`;
  if (waitsMs < LATE_MS) return good("projecting", detail);
  return bad("projecting", detail, "Nothing is lost: start the server, or look at its log.");
}

function stoppedWords({ rooms, event: { meetingId, seq, type, field } }: StoppedRooms): string {
  const cannot = rooms === 1 ? "1 room cannot" : `${rooms} rooms cannot`;
  const why =
    field === "type" ? `is of the unknown type ${type}` : `(${type}) has a broken ${field}`;
  return `${cannot} be projected: event ${seq} of the meeting ${meetingId} ${why}`;
}

function stoppedAdvice({ event: { field } }: StoppedRooms): string {
  const kept = "What comes for them is kept, and projected once it can be read.";
  return field === "type"
    ? `A later version of Rollcall wrote it: start that version again. ${kept}`
    : `Restore that event from a backup. ${kept}`;
}

async function disk({ env: { dataDir } }: CliContext): Promise<Check> {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch {
    return bad("disk", `${dataDir} cannot be written`, "Make it writable, or set ROLLCALL_DATA.");
  }
  const { bavail, bsize } = statfsSync(dataDir);
  const free = bavail * bsize;
  const detail = `${(free / LEAST_FREE).toFixed(1)} GiB free for ${dataDir}`;
  return free >= LEAST_FREE
    ? good("disk", detail)
    : bad("disk", detail, "Make room: below 1 GiB is little.");
}

async function clock({ database: { sql } }: CliContext): Promise<Check> {
  const before = Date.now();
  const [row] = await sql<
    { at: number }[]
  >`select extract(epoch from clock_timestamp()) * 1000 as at`;
  const apart = Math.round(Math.abs(Number(row?.at ?? before) - (before + Date.now()) / 2));
  const detail = `${new Date().toISOString()}, ${apart} ms from the database's`;
  return apart < CLOCK_MS
    ? good("clock", detail)
    : bad("clock", detail, "Set both clocks by NTP: waits and durations are measured by them.");
}

async function server({ env }: CliContext): Promise<Check> {
  const url = runningServer(env.dataDir);
  if (url === null) return bad("server", "not running on this data folder", "Start it: npm start");
  const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(BUS_MS) }).catch(
    () => null,
  );
  if (answer?.ok) return good("server", `${url} is healthy`);
  const health = unhealthy.safeParse(await answer?.json().catch(() => null));
  if (!health.success) {
    return bad("server", `${url} does not answer`, "Look at its log, and start it again.");
  }
  const { reason } = health.data.keeping;
  return bad(
    "server",
    `${url} keeps no webhooks: ${reason.replaceAll("_", " ")}`,
    reason === "unavailable" ? "Look at its log, and at its database." : ADVICE[reason],
  );
}

const unhealthy = z.object({
  keeping: z.object({ reason: z.enum(["disk_full", "read_only", "unavailable"]) }),
});

/** Whether a proxy can publish the public port, and what of Rollcall it publishes. */
async function outside({ env, database: { orm } }: CliContext): Promise<Check> {
  const { host, port, publicPort, publicUrl } = env;
  if (publicUrl === null && publicPort === null) {
    return good("outside", "nothing is published: neither ROLLCALL_URL nor PUBLIC_PORT is set");
  }
  if (publicUrl !== null && (await isOwned(orm))) return published(publicUrl);
  if (publicPort === null) {
    const advice = "Set PUBLIC_PORT, and let the proxy pass on that port instead of this one.";
    return bad("outside", `the proxy is to choose what it passes on of port ${port}`, advice);
  }
  const own = `http://${hostInUrl(host)}:${publicPort}`;
  if ((await statusOf(`${own}/api/health`)) !== 200) {
    const advice = "Start the server with the same PUBLIC_PORT, and look at its log.";
    return bad("outside", `${own} does not answer`, advice);
  }
  if (publicUrl === null) {
    const advice = "Set ROLLCALL_URL: a request by another name than this machine's is refused.";
    return good("outside", `${own} has what may be published; ROLLCALL_URL is not set`, advice);
  }
  const pages = await statusOf(`${publicUrl}/meetings`);
  if (pages === 404) return good("outside", `${publicUrl} publishes ${own}`);
  if (pages === null) {
    const advice = "Look at the proxy, and at whether this machine can reach it by that name.";
    return bad("outside", `${publicUrl} does not answer here`, advice);
  }
  const advice =
    `Let the proxy pass on ${own} and no other port, with the Host it was asked for ` +
    "(nginx: proxy_set_header Host $host).";
  return bad("outside", `${publicUrl}/meetings answers ${pages} instead of 404`, advice);
}

/** Once people sign in, a proxy may pass on everything. */
async function published(publicUrl: string): Promise<Check> {
  const health = await statusOf(`${publicUrl}/api/health`);
  if (health === 200) return good("outside", `${publicUrl} answers, and people sign in there`);
  const found = health === null ? "does not answer here" : `answers ${health}`;
  const advice = "Look at the proxy: it is to pass on the Host it was asked for (docs/proxies.md).";
  return bad("outside", `${publicUrl} ${found}`, advice);
}

async function statusOf(url: string): Promise<number | null> {
  const asked = { signal: AbortSignal.timeout(BUS_MS), redirect: "manual" } as const;
  const answer = await fetch(url, asked).catch(() => null);
  return answer?.status ?? null;
}

async function secrets({ database: { orm }, secret }: CliContext): Promise<Check> {
  const all = await listSources(orm);
  const unreadable = all.filter((source) =>
    source.secrets.some(({ sealed }) => {
      try {
        return decrypt(sealed, secret) === "";
      } catch {
        return true;
      }
    }),
  );
  if (unreadable.length === 0) {
    const detail = `${all.length} sources, every secret opens`;
    return good("secrets", detail, retireAdvice(all, Date.now()));
  }
  const names = unreadable.map(({ name }) => name).join(", ");
  const advice = "Set the ROLLCALL_SECRET with which they were added, or add the sources again.";
  return bad("secrets", `the secrets of ${names} do not open`, advice);
}

/** Advice about older secrets that a rotation has left unretired. */
function retireAdvice(all: readonly StoredSource[], now: Ms): string | null {
  const old = all.filter(({ secrets: [newest, ...older] }) =>
    older.some(
      ({ createdAt, lastUsedAt }) =>
        (newest?.createdAt ?? now) < now - ROTATING_MS &&
        (lastUsedAt ?? createdAt) < now - ROTATING_MS,
    ),
  );
  if (old.length === 0) return null;
  const names = old.map(({ id, name }) => `${name} (${id})`).join(", ");
  return `The secret before the newest has not been used for a week: source retire. ${names}`;
}

async function keys({ database: { orm } }: CliContext): Promise<Check> {
  const now = Date.now();
  const live = (await listKeys(orm)).filter((key) => isOpenKey(key, now));
  const since = now - UNUSED_MS;
  const unused = live.filter(({ createdAt, lastUsedAt }) => (lastUsedAt ?? createdAt) < since);
  if (unused.length === 0) return good("keys", `${live.length} open the API`);
  const names = unused.map(({ id, name }) => `${name} (${id})`).join(", ");
  const detail = `${live.length} open the API, ${unused.length} of them unused for 90 days`;
  return good("keys", detail, `Revoke those that nobody needs: key revoke. ${names}`);
}
