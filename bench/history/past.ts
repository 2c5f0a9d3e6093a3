import { say, Void } from "#bench/parts/report.ts";
import { type BenchStage, openBench } from "#bench/parts/stage.ts";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { migrate } from "#db/connection/migrate.ts";
import { startEmbedded } from "#db/embedded/embedded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { lastDayBefore } from "#server/demo/seed/history.ts";
import { seedHistory, usualThreads } from "#server/demo/seed/seed.ts";

/** A database with a history, and the sources, rooms and people that questions can ask for. */
export interface Past {
  database: Database;
  url: string;
  events: number;
  /** From the first meeting to the last. */
  from: Ms;
  to: Ms;
  sources: string[];
  rooms: string[];
  /** Folded names, and user ids. */
  names: string[];
  users: string[];
  close(): Promise<void>;
}

const SEED = 1;
const SECRET = "benchmark".repeat(4);

/** A history of about `events` events in a database of its own. */
export async function seedPast(events: number): Promise<Past> {
  const bench = await openBench();
  try {
    const seeded = await seedInto(bench, events);
    const url = bench.env["DATABASE_URL"] ?? "";
    return { url, ...(await pastOf(bench.database, seeded)), close: bench.close };
  } catch (error) {
    await bench.close();
    throw error;
  }
}

/** Seeds a history of about `events` events, and returns how many these are. */
export async function seedInto({ database, env }: BenchStage, events: number): Promise<number> {
  const options = {
    events,
    seed: SEED,
    until: lastDayBefore(Date.now()),
    now: Date.now,
    threads: usualThreads(),
  };
  const url = env["DATABASE_URL"] ?? "";
  const seeded = await seedHistory({ database, url, secret: SECRET }, options, say);
  const { elapsedMs, parts } = seeded;
  const rate = Math.round((seeded.events / elapsedMs) * 1_000);
  const seconds = Object.entries(parts).map(([name, ms]) => `${name} ${Math.round(ms)}`);
  say(
    `  ${seeded.events} events in ${Math.round(elapsedMs)} ms, ${rate}/s (${seconds.join(", ")})`,
  );
  return seeded.events;
}

/** The history in a data folder, which is only migrated. */
export async function openPast(dataDir: string): Promise<Past> {
  const silent = { info: () => undefined, error: say };
  const embedded = await startEmbedded({ dataDir, log: silent });
  await migrate(embedded.url);
  const database = openDatabase(embedded.url, { max: 4 });
  const close = async () => {
    await database.close();
    await embedded.stop();
  };
  const [sum] = await database.sql<{ events: number }[]>`
    select coalesce(sum(seq), 0)::bigint as events from meetings where merged_into is null`;
  return { url: embedded.url, ...(await pastOf(database, sum?.events ?? 0)), close };
}

async function pastOf(database: Database, events: number): Promise<Omit<Past, "url" | "close">> {
  const { sql } = database;
  const [span] = await sql<{ from: Ms; to: Ms }[]>`
    select min(first_at) as from, max(first_at) as to from meetings where merged_into is null`;
  const sources = await sql<{ id: string }[]>`select id from sources order by id`;
  const rooms = await sql<{ key: string }[]>`
    select key from rooms where title is null order by md5(key) limit 500`;
  const people = await sql<{ name: string | null; user: string | null }[]>`
    select distinct on (name_key) name_key as name, user_id as user
    from attendances tablesample bernoulli (${Math.min(100, 2_000_000 / events)})
    where name_key is not null order by name_key limit 5000`;
  if (!span) throw new Void("history", "there is no history");
  return {
    database,
    events,
    ...span,
    sources: sources.map(({ id }) => id),
    rooms: rooms.map(({ key }) => key),
    names: people.flatMap(({ name }) => name ?? []),
    users: people.flatMap(({ user }) => user ?? []),
  };
}
