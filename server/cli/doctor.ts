import { accessSync, constants, mkdirSync, statfsSync } from "node:fs";
import { listen } from "#db/bus.ts";
import { heardBySource } from "#db/reading/sources.ts";
import { listSources } from "#db/sources.ts";
import { runningServer } from "#server/running.ts";
import { open } from "#server/seal.ts";
import type { Desk } from "./command.ts";

export interface Check {
  name: string;
  ok: boolean;
  detail: string;
  /** What to do; `null` when there is nothing to do. */
  advice: string | null;
}

const LEAST_FREE = 1_073_741_824;
const CLOCK_MS = 5_000;
const BUS_MS = 3_000;

/** Looks at everything Rollcall depends on, one after the other. */
export async function examine(desk: Desk): Promise<Check[]> {
  const results: Check[] = [];
  for (const check of [database, bus, disk, clock, server, outside, secrets, sources]) {
    results.push(
      await check(desk).catch((error: unknown) =>
        bad(check.name, String(error), "Look at the message, and at the log of the database."),
      ),
    );
  }
  return results;
}

async function database({ database: { sql }, env }: Desk): Promise<Check> {
  const started = performance.now();
  const [row] = await sql<
    { version: string }[]
  >`select current_setting('server_version') as version`;
  const took = Math.round(performance.now() - started);
  const kind = env.databaseUrl === null ? "embedded" : "DATABASE_URL";
  return good("database", `PostgreSQL ${row?.version} (${kind}) answers in ${took} ms`);
}

async function bus({ database: { sql } }: Desk): Promise<Check> {
  const heard = Promise.withResolvers<void>();
  const unlisten = await listen(
    sql,
    () => heard.resolve(),
    () => undefined,
  );
  const late = setTimeout(() => heard.reject(new Error("nothing heard")), BUS_MS);
  try {
    const started = performance.now();
    await sql`select pg_notify('rollcall', '{"b":[],"m":[]}')`;
    await heard.promise;
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

async function disk({ env: { dataDir } }: Desk): Promise<Check> {
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

async function clock({ database: { sql } }: Desk): Promise<Check> {
  const before = Date.now();
  const [row] = await sql<
    { at: number }[]
  >`select extract(epoch from clock_timestamp()) * 1000 as at`;
  const apart = Math.round(Math.abs(Number(row?.at ?? before) - (before + Date.now()) / 2));
  const detail = `${new Date().toISOString()}, ${apart} ms from the database's`;
  return apart < CLOCK_MS
    ? good("clock", detail)
    : bad("clock", detail, "Set both clocks by NTP: waits and durations are told by them.");
}

async function server({ env }: Desk): Promise<Check> {
  const url = runningServer(env.dataDir);
  if (url === null) return bad("server", "not running on this data folder", "Start it: npm start");
  const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(BUS_MS) }).catch(
    () => null,
  );
  return answer?.ok
    ? good("server", `${url} is healthy`)
    : bad("server", `${url} does not answer`, "Look at its log, and start it again.");
}

/** Whether a proxy can publish what it is to publish, and what of Rollcall it does publish. */
async function outside({ env: { host, port, publicPort, publicUrl } }: Desk): Promise<Check> {
  if (publicUrl === null && publicPort === null) {
    return good("outside", "nothing is published: neither ROLLCALL_URL nor PUBLIC_PORT is set");
  }
  if (publicPort === null) {
    const advice = "Set PUBLIC_PORT, and let the proxy pass on that port instead of this one.";
    return bad("outside", `the proxy is to choose what it passes on of port ${port}`, advice);
  }
  const own = `http://${host.includes(":") ? `[${host}]` : host}:${publicPort}`;
  if ((await statusOf(`${own}/api/health`)) !== 200) {
    const advice = "Start the server with the same PUBLIC_PORT, and look at its log.";
    return bad("outside", `${own} does not answer`, advice);
  }
  if (publicUrl === null) {
    return good("outside", `${own} has what may be published; ROLLCALL_URL is not set`);
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

async function statusOf(url: string): Promise<number | null> {
  const asked = { signal: AbortSignal.timeout(BUS_MS), redirect: "manual" } as const;
  const answer = await fetch(url, asked).catch(() => null);
  return answer?.status ?? null;
}

async function secrets({ database: { orm }, secret }: Desk): Promise<Check> {
  const all = await listSources(orm);
  const locked = all.filter(({ sealedSecrets }) =>
    sealedSecrets.some((sealed) => {
      try {
        return open(sealed, secret) === "";
      } catch {
        return true;
      }
    }),
  );
  if (locked.length === 0) return good("secrets", `${all.length} sources, every secret opens`);
  const names = locked.map(({ name }) => name).join(", ");
  const advice = "Set the ROLLCALL_SECRET with which they were added, or add the sources again.";
  return bad("secrets", `the secrets of ${names} do not open`, advice);
}

async function sources({ database: { orm } }: Desk): Promise<Check> {
  const heard = await heardBySource(orm);
  if (heard.length === 0) {
    const advice = "Add one: npm run rollcall -- source add --provider daily --name Clinic";
    return bad("sources", "none", advice);
  }
  const silent = heard.filter(({ lastAt }) => lastAt === null).map(({ name }) => name);
  const unreadable = heard.reduce((sum, source) => sum + source.unreadable, 0);
  const detail = heard
    .map(({ name, lastAt }) => `${name}: ${lastAt === null ? "nothing yet" : `last ${lastAt}`}`)
    .join("; ");
  if (unreadable > 0) {
    return bad(
      "sources",
      `${detail}; ${unreadable} unreadable`,
      "Update Rollcall, then: npm run rollcall -- replay",
    );
  }
  return silent.length < heard.length
    ? good("sources", detail)
    : bad("sources", detail, "Enter the webhook path at the provider; `source list` prints it.");
}

function good(name: string, detail: string): Check {
  return { name, ok: true, detail, advice: null };
}

function bad(name: string, detail: string, advice: string): Check {
  return { name, ok: false, detail, advice };
}
